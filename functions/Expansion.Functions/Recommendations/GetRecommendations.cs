using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Recommendations;

public sealed class GetRecommendations(ServingCache serving, ShopRecommender recommender)
{
    [Answers<RecommendationAnswer>]
    [Asks("shop", "product", "cart", "customer", "touchpoint", "limit", "kind", "rank_by", "source", "explain")]
    [Function(nameof(GetRecommendations))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "recommendations")] HttpRequest request, CancellationToken cancellationToken)
    {
        // What everybody asks for is answered as it was before, unless something has changed.
        var asked = request.QueryString.Value ?? "";
        if (ShopId.TryFrom(request.Query["shop"], out var id) && (await serving.FindAsync(id, cancellationToken))?.FindAnswer(asked) is { } written)
        {
            return new JsonAnswer(written.Json);
        }

        if (RecommendationQuery.Parse(request.Query, out var query) is { } problem)
        {
            return problem;
        }

        if (await serving.FindAsync(query.Shop, cancellationToken) is not { } shop)
        {
            return Problems.UnknownShop(query.Shop.Value);
        }

        var (state, version) = (shop.State, shop.Catalogue.Version);
        var answer = await recommender.RecommendAsync(shop, query.Shelf, query.Customer, query.AffinityOnly, cancellationToken);
        var json = JsonSerializer.SerializeToUtf8Bytes(
            new RecommendationAnswer(query.Shop, query.Shelf.Touchpoint, AnswerGeneration.Of(state), [.. answer.Picks.Select(RecommendedItem.Of)], query.Explain ? answer.Refused : null),
            ExpansionJson.Options);
        if (query.Customer is null && !query.AffinityOnly && state.Model is not null)
        {
            shop.Answers.Keep(asked, new(json, state, version));
        }

        return new JsonAnswer(json);
    }
}

/// <param name="Generation">What the answer rests on; missing before the first recompute.</param>
/// <param name="Refused">What was left out, and why; only where it was asked for.</param>
internal sealed record RecommendationAnswer(
    ShopId Shop, Touchpoint Touchpoint, AnswerGeneration? Generation, IReadOnlyList<RecommendedItem> Items, IReadOnlyList<RefusedPick>? Refused);

/// <param name="Model">The trained model's id; missing until it is trained.</param>
internal sealed record AnswerGeneration(string Id, DateTimeOffset ComputedAt, long Baskets, string? Model)
{
    public static AnswerGeneration? Of(ServedState state) =>
        state.Affinity is { } generation ? new(generation.Id, generation.StartedAt, generation.Baskets, state.Generation?.Id) : null;
}
