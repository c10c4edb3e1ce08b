namespace Expansion.Engine.Experiments.Statistics;

internal static class Proportion
{
    /// <summary>
    /// (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n): Wilson's interval (Journal of the American Statistical Association 22, 1927), which says something
    /// at 0 of n as well. Null of nothing.
    /// </summary>
    /// <param name="width">z, e.g. 1.96.</param>
    public static Interval? Wilson(long events, long cases, double width)
    {
        if (cases < 1)
        {
            return null;
        }

        var (n, p, square) = ((double)cases, (double)events / cases, width * width);
        var middle = p + (square / (2 * n));
        var half = width * Math.Sqrt(((p * (1 - p)) + (square / (4 * n))) / n);
        return new((middle - half) / (1 + (square / n)), (middle + half) / (1 + (square / n)));
    }
}
