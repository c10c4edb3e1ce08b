namespace Expansion.Engine.Affinity.Delay;

/// <summary>Counts by whole days: exact quantiles in four bytes for each day up to the longest one seen.</summary>
internal sealed class DayHistogram
{
    private int[] _counts = [];

    public long Total { get; private set; }

    public void Add(int days, int times = 1)
    {
        if (days >= _counts.Length)
        {
            Array.Resize(ref _counts, days + 1);
        }

        _counts[days] += times;
        Total += times;
    }

    public void Add(DayHistogram other)
    {
        for (var days = 0; days < other._counts.Length; days++)
        {
            Add(days, other._counts[days]);
        }
    }

    /// <summary>The least number of days that at least <paramref name="share"/> of the counts, 0 to 1, don't exceed; null of nothing.</summary>
    public int? Quantile(double share)
    {
        var (needed, seen) = (Math.Max(1, share * Total), 0L);
        for (var days = 0; days < _counts.Length; days++)
        {
            seen += _counts[days];
            if (seen >= needed)
            {
                return days;
            }
        }

        return null;
    }
}
