using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Recommendations;

public sealed class GetRecommendations(IShopStore shops, IAffinityStore affinities, TimeProvider time)
{
    [Function(nameof(GetRecommendations))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "recommendations")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (RecommendationQuery.Parse(request.Query, out var query) is { } problem)
        {
            return problem;
        }

        if (await shops.FindAsync(query.Shop, cancellationToken) is not { } shop)
        {
            return Problems.UnknownShop(query.Shop.Value);
        }

        if (await affinities.CurrentAsync(query.Shop, cancellationToken) is not { } generation)
        {
            return Results.Ok(new RecommendationAnswer(query.Shop, query.Touchpoint, null, []));
        }

        var rows = await affinities.FindAsync(query.Shop, generation.Id, query.Context, cancellationToken);
        var items = AffinityRecommender.Recommend(generation, query.Context, rows, shop.Settings.LocalTime(time.GetUtcNow()).Month, query.Limit);
        return Results.Ok(new RecommendationAnswer(query.Shop, query.Touchpoint, new(generation.Id, generation.StartedAt, generation.Baskets), items));
    }
}

/// <param name="Generation">What the answer rests on; missing before the first recompute.</param>
internal sealed record RecommendationAnswer(ShopId Shop, Touchpoint Touchpoint, AnswerGeneration? Generation, IReadOnlyList<Recommendation> Items);

internal sealed record AnswerGeneration(string Id, DateTimeOffset ComputedAt, long Baskets);
