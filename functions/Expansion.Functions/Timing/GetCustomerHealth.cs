using Expansion.Engine;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Timing;

/// <summary>How a customer is doing, and what speaks against an offer now.</summary>
public sealed class GetCustomerHealth(ShopTimings timings, ICustomerStore customers, TimeProvider time)
{
    [Function(nameof(GetCustomerHealth))]
    [Answers<CustomerHealth>]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "customers/{customer}/health")] HttpRequest request, string customer, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(request.Query["shop"], out var shop) || await timings.FindAsync(shop, cancellationToken) is not { } timing)
        {
            return Problems.UnknownShop(request.Query["shop"]);
        }

        var stored = customer.Length <= CustomerId.MaxLength ? (await customers.FindAsync(shop, [new(customer)], cancellationToken))[0] : null;
        if (stored?.Version is null)
        {
            return Problems.NotFound($"Nothing is known of a customer '{customer}': no signal has named them.");
        }

        var (state, context) = (stored.Record.State, timing.Context(stored.Record.State, time.GetUtcNow(), Touchpoint.CustomerSuccess, null));
        var terms = state.Subscription.Terms?.Value;
        return Results.Ok(new CustomerHealth(
            state.Customer, context.Health.Score, context.Health.SlopePerWeek, context.Health.Components, terms?.Plan, terms?.Mrr, state.Subscription.RenewsAt?.Value, state.Subscription.IsCancelled,
            state.LastAt, [.. TimingSuppressions.All.Select(suppression => suppression.Check(context)).OfType<Suppression>()]));
    }
}

/// <param name="Score">0, lost, to 100, thriving; missing when nothing says.</param>
/// <param name="SlopePerWeek">Points a week.</param>
/// <param name="Suppressions">Why it is better to stay silent now.</param>
internal sealed record CustomerHealth(
    CustomerId Customer, double? Score, double SlopePerWeek, IReadOnlyList<HealthComponent> Components, string? Plan, Money? Mrr, DateTimeOffset? RenewsAt, bool Cancelled, DateTimeOffset? LastSeenAt,
    IReadOnlyList<Suppression> Suppressions);
