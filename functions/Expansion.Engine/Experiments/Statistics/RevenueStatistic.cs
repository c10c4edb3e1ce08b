namespace Expansion.Engine.Experiments.Statistics;

/// <summary>A value per visitor together with how many visitors converted, which decides when the value may be judged. Combines with +.</summary>
public readonly record struct RevenueStatistic(MeanStatistic Values, long Conversions)
{
    public static RevenueStatistic operator +(RevenueStatistic left, RevenueStatistic right) =>
        new(left.Values + right.Values, left.Conversions + right.Conversions);

    public static RevenueStatistic Add(RevenueStatistic left, RevenueStatistic right) => left + right;
}
