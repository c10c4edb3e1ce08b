using System.Collections.Immutable;

namespace Expansion.Engine.Metrics.Facts;

/// <summary>A customer's subscription changed. No plan: it ended.</summary>
/// <param name="Id">The source's own: the same one again changes nothing.</param>
/// <param name="Mrr">Of the shop's currency, a month; what isn't told stays as it was.</param>
public sealed record PlanChange(string Id, CustomerId Customer, DateTimeOffset At, string? Plan, decimal? Mrr = null, bool Trial = false);

/// <summary>One customer's plans over time: all that a month's upgrade rate and movements of recurring revenue need.</summary>
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
    public PlanChange? At(DateTimeOffset time) => Known().TakeWhile(change => change.At < time).LastOrDefault();

    /// <param name="rankOf">A higher rank is a higher plan; null for a plan that isn't known, whose changes are no upgrades.</param>
    public PlanSums Plans(DateTimeOffset start, DateTimeOffset end, Func<string, int?> rankOf, int top)
    {
        var (before, after) = (At(start), At(end));
        var (startRank, endRank) = (Rank(before), Rank(after));
        return PlanSums.Of(new(before?.Plan is not null, startRank, endRank, before?.Trial == true, startRank >= top));

        int? Rank(PlanChange? change) => change?.Plan is { } plan ? rankOf(plan) : null;
    }

    /// <summary>The month's movements. Trials pay nothing.</summary>
    public MrrMovements Mrr(DateTimeOffset start, DateTimeOffset end)
    {
        var before = Paid(At(start));
        return MrrMovements.Of(before, Paid(At(end)), Known().Any(change => change.At < start && Paid(change) > 0));

        static decimal Paid(PlanChange? change) => change is { Trial: false, Mrr: { } paid } ? paid : 0;
    }

    /// <summary>Every change with what it leaves unsaid.</summary>
    private IEnumerable<PlanChange> Known()
    {
        var mrr = 0m;
        foreach (var change in Changes)
        {
            mrr = change.Plan is null ? 0 : change.Mrr ?? mrr;
            yield return change with { Mrr = mrr };
        }
    }
}

public interface IPlanHistoryStore
{
    Task SaveAsync(ShopId shop, IEnumerable<PlanChange> changes, CancellationToken cancellationToken);

    /// <summary>All customers of the shop who ever had a plan; a scan, for nightly work only.</summary>
    IAsyncEnumerable<PlanHistory> ListAsync(ShopId shop, CancellationToken cancellationToken);
}
