using Expansion.Engine;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Incentives;

namespace Expansion.Functions.Pricing;

/// <summary>
/// Takes incentives out of a shop's budget, so that two hosts never give away more than there is: what a customer was given is written first, then the budget;
/// a crash between the two gives away less, never more.
/// </summary>
public sealed class IncentiveLedger(IPricingDocuments documents, TimeProvider time)
{
    private const int Attempts = 20;

    public static string BudgetDocument(string budget) => $"budget {budget}";

    /// <returns>Null when there is no such budget.</returns>
    public async Task<BudgetDecision?> ReserveAsync(ShopId shop, string budget, CustomerId customer, Money cost, CancellationToken cancellationToken)
    {
        var grants = $"grants {budget} {customer}";
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var known = await documents.FindAsync<IncentiveBudget>(shop, BudgetDocument(budget), cancellationToken);
            if (known is null)
            {
                return null;
            }

            var granted = await documents.FindAsync<Granted>(shop, grants, cancellationToken);
            var before = granted?.Value.Total ?? (cost * 0);
            var decision = known.Value.Reserve(cost, before, time.GetUtcNow());
            if (decision.Budget is not { } after)
            {
                return decision;
            }

            if (await documents.SaveAsync(shop, grants, new Granted(customer, before + cost), granted?.Version, cancellationToken) is not { } given)
            {
                continue;
            }

            if (await documents.SaveAsync(shop, BudgetDocument(budget), after, known.Version, cancellationToken) is not null)
            {
                return decision;
            }

            await documents.SaveAsync(shop, grants, new Granted(customer, before), given.Version, cancellationToken);
        }

        throw new InvalidOperationException($"The budget {budget} of {shop} was changed by others {Attempts} times while {customer} was given something.");
    }

    /// <summary>What one customer was given out of one budget.</summary>
    internal sealed record Granted(CustomerId Customer, Money Total);
}
