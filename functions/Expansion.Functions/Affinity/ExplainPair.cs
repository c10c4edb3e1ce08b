using Expansion.Engine.Affinity.Explain;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Affinity;

/// <summary>Everything about one pair. The products are in the query, since SKUs hold slashes.</summary>
public sealed class ExplainPair(ShopPairsReader reader, PairExplainer explainer)
{
    [Answers<PairExplanation>]
    [Asks("shop", "a", "b")]
    [Function(nameof(ExplainPair))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "affinity/explain")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var (shop, a, b) = (query.Shop(), query.RequiredSku("a"), query.RequiredSku("b"));
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        var (pairs, missing) = await reader.ReadAsync(shop, cancellationToken);
        if (missing is not null)
        {
            return Problems.Missing(missing);
        }

        var (explanation, unknown) = await explainer.ExplainAsync(pairs!, a, b, cancellationToken);
        return unknown is null ? Results.Ok(explanation) : Problems.NotFound(unknown);
    }
}
