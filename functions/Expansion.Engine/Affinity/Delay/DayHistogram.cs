namespace Expansion.Engine.Affinity.Delay;

/// <summary>Counts by whole days: exact quantiles in four bytes for each day up to twice the longest one seen.</summary>
internal sealed class DayHistogram
{
    private int[] _counts = [];

    public long Total { get; private set; }

    public void Add(int days, int times = 1)
    {
        Reserve(days);
        _counts[days] += times;
        Total += times;
    }

    public void Add(DayHistogram other)
    {
        Reserve(other._counts.Length - 1);
        for (var days = 0; days < other._counts.Length; days++)
        {
            _counts[days] += other._counts[days];
        }

        Total += other.Total;
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

    private void Reserve(int days)
    {
        if (days >= _counts.Length)
        {
            Array.Resize(ref _counts, Math.Max(days + 1, 2 * _counts.Length));
        }
    }
}
