namespace Expansion.Engine.Experiments.Statistics;

/// <summary>Per-visitor sums of two values, e.g. items and orders, or spend after and before: all that a ratio or an adjusted mean needs. Combines with +.</summary>
public readonly record struct BivariateStatistic(long Count, double SumY, double SumYY, double SumX, double SumXX, double SumXY)
{
    public double MeanY => SumY / Count;

    public double MeanX => SumX / Count;

    /// <summary>With n − 1 below, as all three; only from two visitors on.</summary>
    public double VarianceY => Math.Max(0, SumYY - (SumY * SumY / Count)) / (Count - 1);

    public double VarianceX => Math.Max(0, SumXX - (SumX * SumX / Count)) / (Count - 1);

    public double Covariance => (SumXY - (SumX * SumY / Count)) / (Count - 1);

    public static BivariateStatistic operator +(BivariateStatistic left, BivariateStatistic right) => new(
        left.Count + right.Count,
        left.SumY + right.SumY,
        left.SumYY + right.SumYY,
        left.SumX + right.SumX,
        left.SumXX + right.SumXX,
        left.SumXY + right.SumXY);

    public static BivariateStatistic Add(BivariateStatistic left, BivariateStatistic right) => left + right;
}
