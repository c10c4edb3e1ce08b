using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Listing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Affinity;

/// <summary>A page of the pairs that fit. Pages of one generation neither repeat nor miss a pair.</summary>
public sealed class GetPairs(ShopPairsReader reader)
{
    private const int DefaultPageSize = 50;
    private const int MaxPageSize = 500;

    [Answers<PairsAnswer>]
    [Asks("shop", "verdict", "product", "min_support", "min_lift", "min_count", "max_q", "seasonal", "trend", "touchpoint", "actionable", "sort", "desc", "page_size", "after")]
    [Function(nameof(GetPairs))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "affinity/pairs")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var (shop, filter) = (query.Shop(), PairsQuery.Filter(query));
        var sort = new PairSort(query.OneOf("sort", PairSort.Names) ?? PairSort.Names.First(), query.Flag("desc"));
        var size = query.Whole("page_size", 1, MaxPageSize) ?? DefaultPageSize;
        var after = query.Text("after");
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        var cursor = after is null ? null : PairsCursor.Parse(after);
        if (after is not null && cursor is null)
        {
            return Problems.BadRequest("after is no cursor: give what stood under 'next' in the page before, or leave it out for the first page.");
        }

        var (pairs, missing) = await reader.ReadAsync(shop, cancellationToken);
        if (missing is not null)
        {
            return Problems.Missing(missing);
        }

        if (cursor is not null && cursor.Generation != pairs!.Generation.Id)
        {
            return Problems.Conflict("The pairs were computed anew since the page before: begin again without 'after'.");
        }

        var page = PairPage.Of(pairs!, filter, sort, cursor is null ? null : (cursor.A, cursor.B), size);
        return Results.Ok(new PairsAnswer(
            shop, LearnedGeneration.Of(pairs!.Generation), page.Total, [.. page.Items.Select(PairFields.Of)],
            page.More ? new PairsCursor(pairs.Generation.Id, page.Items[^1].A, page.Items[^1].B).ToString() : null));
    }
}

/// <param name="Total">Pairs that fit, on all pages.</param>
/// <param name="Next">What to give as 'after' for the next page; missing on the last.</param>
internal sealed record PairsAnswer(ShopId Shop, LearnedGeneration Generation, int Total, IReadOnlyList<IReadOnlyDictionary<string, object>> Items, string? Next);

/// <summary>What an answer rests on.</summary>
internal sealed record LearnedGeneration(string Id, DateTimeOffset ComputedAt, string From, string To, long Baskets, long Products)
{
    public static LearnedGeneration Of(AffinityGeneration generation) =>
        new(generation.Id, generation.StartedAt, generation.From.ToString(), generation.To.ToString(), generation.Baskets, generation.Products);
}
