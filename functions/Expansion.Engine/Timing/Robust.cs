namespace Expansion.Engine.Timing;

/// <summary>Statistics that one odd value doesn't move.</summary>
internal static class Robust
{
    /// <summary>The middle value, or the mean of the two; 0 of none.</summary>
    public static double Median(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
        {
            return 0;
        }

        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Theil–Sen: the median of the slopes of all pairs of points (Sen, JASA 63, 1968); up to 29 % of the points may be anything. 0 with fewer than two times.</summary>
    public static double Slope(IReadOnlyList<(double Time, double Value)> points) =>
        Median([.. points.SelectMany((left, index) => points.Skip(index + 1).Where(right => right.Time != left.Time).Select(right => (right.Value - left.Value) / (right.Time - left.Time)))]);
}
