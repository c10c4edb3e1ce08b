using System.Collections.Concurrent;
using Expansion.Engine;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Recommendations;

/// <summary>Recommends to many customers at once, for an e-mail campaign: to each by what they bought, and by the products named for them, if any.</summary>
public sealed class RecommendToCustomers(ServingCache serving, ShopRecommender recommender)
{
    private const int MostCustomers = 1000;
    private const int Parallelism = 16;

    [Takes<Campaign>]
    [Function(nameof(RecommendToCustomers))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "recommendations/batch")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (campaign, problem) = await request.ReadJsonAsync<Campaign>(cancellationToken);
        if (campaign is null)
        {
            return problem!;
        }

        if (campaign.Validate() is { Count: > 0 } errors)
        {
            return Problems.Invalid(errors);
        }

        if (await serving.FindAsync(campaign.Shop, cancellationToken) is not { } shop)
        {
            return Problems.UnknownShop(campaign.Shop.Value);
        }

        var answers = new ConcurrentDictionary<int, CampaignAnswer>();
        await Parallel.ForEachAsync(
            campaign.Customers.Index(), new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (recipient, stop) =>
            {
                var (place, to) = recipient;
                var shelf = new ShelfRequest { Context = to.Products, Touchpoint = campaign.Touchpoint, Kind = campaign.Kind, RankBy = campaign.RankBy, Limit = campaign.Limit };
                var answer = await recommender.RecommendAsync(shop, shelf, to.Customer, affinityOnly: false, stop);
                answers[place] = new(to.Customer, [.. answer.Picks.Select(RecommendedItem.Of)]);
            });
        return Results.Ok(new { campaign.Shop, Generation = AnswerGeneration.Of(shop.State), Customers = answers.OrderBy(answer => answer.Key).Select(answer => answer.Value) });
    }

    private sealed record Campaign(ShopId Shop, IReadOnlyList<Recipient> Customers)
    {
        public Touchpoint Touchpoint { get; init; } = Touchpoint.PostPurchaseEmail;

        public PickKind? Kind { get; init; }

        public RankBy? RankBy { get; init; }

        public int Limit { get; init; } = RecommendationQuery.DefaultLimit;

        public Dictionary<string, string[]> Validate()
        {
            var errors = new Dictionary<string, string[]>();
            if (Customers.Count is 0 or > MostCustomers)
            {
                errors["customers"] = [$"must be 1 to {MostCustomers}, {Customers.Count} given"];
            }

            if (Limit is < 1 or > RecommendationQuery.MaxLimit)
            {
                errors["limit"] = [$"must be from 1 to {RecommendationQuery.MaxLimit}"];
            }

            foreach (var (place, to) in Customers.Index().Where(to => to.Item.Products.Count > RecommendationQuery.MaxProducts))
            {
                errors[$"customers[{place}].products"] = [$"must be at most {RecommendationQuery.MaxProducts}"];
            }

            return errors;
        }
    }

    private sealed record Recipient(CustomerId Customer)
    {
        public IReadOnlyList<Sku> Products { get; init; } = [];
    }

    private sealed record CampaignAnswer(CustomerId Customer, IReadOnlyList<RecommendedItem> Items);
}
