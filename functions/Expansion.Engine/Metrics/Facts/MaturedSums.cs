namespace Expansion.Engine.Metrics.Facts;

/// <summary>
/// Something that shows only after a while: cases whose time has passed, what they came to, and younger ones, which are in neither part: counting
/// them early would make every recent change look harmless. Combines with +.
/// </summary>
public readonly record struct MaturedSums(decimal Numerator, long Matured, long Immature)
{
    private static MaturedSums Young => new(0, 0, 1);

    /// <summary>Returned within the window, of orders whose window has closed.</summary>
    public static MaturedSums Return(DateOnly ordered, DateOnly? returned, DateOnly asOf, int windowDays = 30) => ordered.AddDays(windowDays) > asOf
        ? Young
        : new(returned <= ordered.AddDays(windowDays) ? 1 : 0, 1, 0);

    /// <summary>Active between day and day + tolerance after the first, of customers whose interval has closed.</summary>
    public static MaturedSums Retention(DateOnly first, IEnumerable<DateOnly> activity, DateOnly asOf, int day = 30, int toleranceDays = 7)
    {
        var (from, to) = (first.AddDays(day), first.AddDays(day + toleranceDays));
        return to > asOf ? Young : new(activity.Any(date => date >= from && date <= to) ? 1 : 0, 1, 0);
    }

    /// <summary>Net revenue within so many days of first exposure, of units whose days have passed; those without any purchase count.</summary>
    /// <param name="amounts">Refunds negative, in the shop's currency.</param>
    public static MaturedSums LifetimeValue(DateOnly exposed, IEnumerable<(DateOnly Date, decimal Amount)> amounts, DateOnly asOf, int days)
    {
        var end = exposed.AddDays(days);
        return end > asOf ? Young : new(amounts.Where(amount => amount.Date >= exposed && amount.Date <= end).Sum(amount => amount.Amount), 1, 0);
    }

    public static MaturedSums operator +(MaturedSums left, MaturedSums right) =>
        new(left.Numerator + right.Numerator, left.Matured + right.Matured, left.Immature + right.Immature);

    public static MaturedSums Add(MaturedSums left, MaturedSums right) => left + right;

    public MetricValue Value => MetricValue.Ratio(Numerator, Matured);
}
