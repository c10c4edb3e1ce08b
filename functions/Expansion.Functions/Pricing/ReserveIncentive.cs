using Expansion.Engine;
using Expansion.Engine.Offers.Pricing.Incentives;
using Expansion.Functions.Compliance;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

/// <summary>Takes what an incentive costs at a price out of a budget, or says why it may not be given.</summary>
public sealed class ReserveIncentive(IncentiveLedger ledger, Erasures erasures)
{
    [Answers<ReservationAnswer>]
    [Takes<ReservationRequest>]
    [Function(nameof(ReserveIncentive))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "shops/{shop}/budgets/{budget}/reservations")] HttpRequest request, string shop, string budget, CancellationToken cancellationToken)
    {
        var (wanted, problem) = await request.ReadJsonAsync<ReservationRequest>(cancellationToken);
        if (wanted is null)
        {
            return problem!;
        }

        if (wanted.Incentive.Refuse(wanted.Price) is { } reason)
        {
            return Problems.BadRequest($"The incentive can't be given: {reason}.");
        }

        var cost = wanted.Incentive.CostAt(wanted.Price);
        if (ShopId.TryFrom(shop, out var id) && (await erasures.OfAsync(id, cancellationToken)).Has(wanted.Customer))
        {
            return Problems.Erased(wanted.Customer);
        }

        if (id == default || await ledger.ReserveAsync(id, budget, wanted.Customer, cost, cancellationToken) is not { } decision)
        {
            return Problems.NotFound($"The shop '{shop}' has no budget '{budget}'. Make one with PUT.");
        }

        await erasures.WrittenAsync(id, [wanted.Customer], cancellationToken);
        return Results.Ok(new ReservationAnswer(decision.Budget is not null, cost, decision.Reason));
    }
}

internal sealed record ReservationRequest(CustomerId Customer, Incentive Incentive, Money Price);

/// <param name="Cost">What the incentive costs, given or not.</param>
internal sealed record ReservationAnswer(bool Given, Money Cost, string Reason);
