using Expansion.Engine.Affinity;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Affinity;

/// <summary>Takes back what was decided about a pair: its numbers decide again.</summary>
public sealed class WithdrawDecision(IPairDecisionStore decisions, PairDecider decider)
{
    [Asks("shop", "a", "b")]
    [Function(nameof(WithdrawDecision))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "affinity/decisions")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var (shop, one, other) = (query.Shop(), query.RequiredSku("a"), query.RequiredSku("b"));
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        var (a, b) = PairDecision.InOrder(one, other);
        if (await decisions.FindAsync(shop, a, b, cancellationToken) is null)
        {
            return Problems.NotFound($"Nobody has decided about {a} and {b} in the shop '{shop}'. GET /api/affinity/pairs?verdict=approved, rejected or pinned lists what was decided.");
        }

        await decider.WithdrawAsync(shop, a, b, cancellationToken);
        return Results.NoContent();
    }
}
