using System.Collections.Immutable;

namespace Expansion.Engine.Timing.Customers;

/// <summary>Amounts by the shop's own day, for the last <see cref="Horizon"/> days up to the newest. Sums that add, in any order.</summary>
public sealed record DailySums(ImmutableSortedDictionary<DateOnly, double> Days)
{
    public const int Horizon = 120;

    public static DailySums Empty { get; } = new(ImmutableSortedDictionary<DateOnly, double>.Empty);

    public DailySums Add(DateOnly day, double amount)
    {
        var days = Days.SetItem(day, Days.GetValueOrDefault(day) + amount);
        var oldest = days.Keys.Last().AddDays(1 - Horizon);
        return new(days.Keys.First() >= oldest ? days : days.RemoveRange(days.Keys.TakeWhile(known => known < oldest)));
    }

    /// <summary>The sum of <paramref name="days"/> days, <paramref name="last"/> being the last of them.</summary>
    public double Sum(DateOnly last, int days)
    {
        var sum = 0.0;
        var first = last.AddDays(1 - days);
        foreach (var (day, amount) in Days)
        {
            sum += day >= first && day <= last ? amount : 0;
        }

        return sum;
    }
}
