using System.Collections.Immutable;
using Expansion.Engine.Metrics.Recurring;

namespace Expansion.Engine.Metrics.Facts;

/// <summary>A customer's subscription changed. No plan: it ended.</summary>
/// <param name="Id">The source's own: the same one again changes nothing.</param>
/// <param name="Mrr">A month; what isn't told stays as it was.</param>
/// <param name="Currency">Of <paramref name="Mrr"/>; null where it is the shop's.</param>
public sealed record PlanChange(string Id, CustomerId Customer, DateTimeOffset At, string? Plan, decimal? Mrr = null, bool Trial = false, string? Currency = null);

/// <summary>One customer's plans over time: all that a month's upgrade rate needs, and recurring revenue where billing doesn't tell it.</summary>
public sealed record PlanHistory(CustomerId Customer)
{
    /// <summary>Ten years of a change a month.</summary>
    private const int MaxChanges = 120;

    /// <summary>By time.</summary>
    public ImmutableList<PlanChange> Changes { get; init; } = [];

    public PlanHistory With(PlanChange change) => this with
    {
        Changes = [.. Changes.RemoveAll(known => known.Id == change.Id).Add(change).OrderBy(known => known.At).ThenBy(known => known.Id, StringComparer.Ordinal).TakeLast(MaxChanges)],
    };

    /// <summary>What counts at a moment: the last change before it. Null before the first.</summary>
    public PlanChange? At(DateTimeOffset time) => Changes.FindLast(change => change.At < time);

    /// <param name="rankOf">A higher rank is a higher plan; null for a plan that isn't known, whose changes are no upgrades.</param>
    public PlanSums Plans(DateTimeOffset start, DateTimeOffset end, Func<string, int?> rankOf, int top)
    {
        var (before, after) = (At(start), At(end));
        var (startRank, endRank) = (Rank(before), Rank(after));
        return PlanSums.Of(new(before?.Plan is not null, startRank, endRank, before?.Trial == true, startRank >= top));

        int? Rank(PlanChange? change) => change?.Plan is { } plan ? rankOf(plan) : null;
    }

    /// <summary>What the plans bring, as one subscription. A trial pays nothing; what a change leaves unsaid stays as it was.</summary>
    /// <param name="currency">The shop's.</param>
    public SubscriptionRevenue Revenue(string currency)
    {
        var (levels, mrr) = (ImmutableList.CreateBuilder<RevenueLevel>(), new Money(0, currency));
        foreach (var change in Changes)
        {
            mrr = change.Plan is null ? mrr * 0 : change.Mrr is { } told ? new(told, change.Currency ?? currency) : mrr;
            levels.Add(new(change.At, change.Trial ? mrr * 0 : mrr));
        }

        return new("", Customer) { Levels = levels.ToImmutable() };
    }
}

public interface IPlanHistoryStore
{
    Task SaveAsync(ShopId shop, IEnumerable<PlanChange> changes, CancellationToken cancellationToken);

    /// <summary>All customers of the shop who ever had a plan; a scan, for nightly work only.</summary>
    IAsyncEnumerable<PlanHistory> ListAsync(ShopId shop, CancellationToken cancellationToken);
}
