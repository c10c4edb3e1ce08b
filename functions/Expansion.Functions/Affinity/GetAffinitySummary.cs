using Expansion.Engine;
using Expansion.Engine.Affinity.Listing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Affinity;

public sealed class GetAffinitySummary(ShopPairsReader reader)
{
    [Answers<SummaryAnswer>]
    [Asks("shop")]
    [Function(nameof(GetAffinitySummary))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "affinity/summary")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var shop = query.Shop();
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        var (pairs, missing) = await reader.ReadAsync(shop, cancellationToken);
        return missing is null
            ? Results.Ok(new SummaryAnswer(shop, LearnedGeneration.Of(pairs!.Generation), AffinitySummary.Of(pairs)))
            : Problems.Missing(missing);
    }
}

internal sealed record SummaryAnswer(ShopId Shop, LearnedGeneration Generation, AffinitySummary Summary);
