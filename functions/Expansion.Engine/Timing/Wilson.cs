namespace Expansion.Engine.Timing;

/// <summary>Wilson's score interval of a share (JASA 22, 1927): (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n).</summary>
internal static class Wilson
{
    /// <summary>The lower end; 0 of nothing.</summary>
    public static double Low(long count, long of, double z)
    {
        if (of == 0)
        {
            return 0;
        }

        var (p, n, zz) = ((double)count / of, (double)of, z * z);
        return Math.Max(0, (p + (zz / (2 * n)) - (z * Math.Sqrt((p * (1 - p) / n) + (zz / (4 * n * n))))) / (1 + (zz / n)));
    }
}
