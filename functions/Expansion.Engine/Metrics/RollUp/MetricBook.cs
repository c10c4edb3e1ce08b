using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Outcomes;

namespace Expansion.Engine.Metrics.RollUp;

/// <summary>
/// A shop's days as sums. The roll-up replaces whole days that something new came in for, late or not; a period is the sum of its days. So it is always equal to a
/// recomputation from all outcomes, whatever came twice, late or in another order.
/// </summary>
public sealed class MetricBook
{
    private readonly Dictionary<DateOnly, IReadOnlyDictionary<Slice, PeriodSums>> _days = [];
    private readonly Dictionary<(DateOnly Month, Slice Slice), (PlanSums Plans, MrrMovements Mrr)> _months = [];

    /// <summary>The days to roll up again after these outcomes came in.</summary>
    public static IReadOnlySet<DateOnly> Dirty(IEnumerable<Outcome> incoming, ShopDays days) => incoming.Select(outcome => days.Of(outcome.CountsAt)).ToHashSet();

    public void Replace(DateOnly day, IReadOnlyDictionary<Slice, PeriodSums> sums) => _days[day] = sums;

    /// <summary>Plans and recurring revenue, known once a month is over, from its customers.</summary>
    public void ReplaceMonth(YearMonth month, Slice slice, PlanSums plans, MrrMovements mrr) => _months[(new(month.Year, month.Month, 1), slice)] = (plans, mrr);

    /// <summary>Plans and recurring revenue are there only for a whole month: an upgrade rate is one a month.</summary>
    public PeriodSums Of(Period period, Slice slice)
    {
        var sums = PeriodSums.None;
        for (var day = period.First; day <= period.Last; day = day.AddDays(1))
        {
            sums += _days.TryGetValue(day, out var slices) && slices.TryGetValue(slice, out var found) ? found : PeriodSums.None;
        }

        return period == Period.Of(Grain.Month, period.First) && _months.TryGetValue((period.First, slice), out var month)
            ? sums with { Plans = month.Plans, Mrr = month.Mrr }
            : sums;
    }

    /// <summary>The slices of a kind that have anything in the period.</summary>
    public IReadOnlyList<Slice> Slices(Period period, SliceKind kind) =>
    [
        .. _days.Where(day => day.Key >= period.First && day.Key <= period.Last)
            .SelectMany(day => day.Value.Keys)
            .Where(slice => slice.Kind == kind)
            .Distinct()
            .OrderBy(slice => slice.Value, StringComparer.Ordinal),
    ];
}
