using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Offers.Pricing.Plans;

namespace Expansion.Engine.Samples;

/// <summary>The sample subscription as a shop's plans and their changes.</summary>
public static class SamplePlanChanges
{
    public static PlanLadder Ladder(SampleSubscription subscription) => new([.. subscription.Plans.Select(plan => new Plan(plan.Name, plan.Name, plan.MonthlyPrice))]);

    /// <summary>Every account's start, moves and end.</summary>
    public static IEnumerable<PlanChange> Of(SampleSubscription subscription)
    {
        var prices = subscription.Plans.ToDictionary(plan => plan.Name, plan => plan.MonthlyPrice.Amount);
        var upgrades = subscription.Upgrades.ToLookup(upgrade => upgrade.Account);
        foreach (var account in subscription.Accounts)
        {
            var first = upgrades[account.Id].Select(upgrade => upgrade.From).FirstOrDefault(account.Plan);
            yield return new($"{account.Id}-start", account.Id, account.StartedAt, first, prices[first]);
            foreach (var (step, upgrade) in upgrades[account.Id].Index())
            {
                yield return new($"{account.Id}-{step}", account.Id, upgrade.At, upgrade.To, prices[upgrade.To]);
            }

            if (account.CancelledAt is { } end)
            {
                yield return new($"{account.Id}-end", account.Id, end, null);
            }
        }
    }
}
