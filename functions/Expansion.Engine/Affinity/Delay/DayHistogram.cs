namespace Expansion.Engine.Affinity.Delay;

/// <summary>Counts by whole days, 0 to 65,535: exact quantiles in two bytes a count while there are few, then four bytes for each day up to the longest one seen.</summary>
internal sealed class DayHistogram
{
    private const int Few = 128;

    private ushort[] _few = [];
    private int[]? _counts;

    public int Total { get; private set; }

    public void Add(int days)
    {
        if (_counts is null && Total < Few)
        {
            Reserve(ref _few, Total);
            _few[Total++] = checked((ushort)days);
            return;
        }

        Count();
        Reserve(ref _counts!, days);
        _counts[days]++;
        Total++;
    }

    /// <summary>The least number of days that at least <paramref name="share"/> of the counts, 0 to 1, don't exceed; null of nothing.</summary>
    public int? Quantile(double share)
    {
        if (Total == 0)
        {
            return null;
        }

        var needed = Math.Max(1, (int)Math.Ceiling(share * Total));
        if (_counts is null)
        {
            Array.Sort(_few, 0, Total);
            return _few[needed - 1];
        }

        var (day, seen) = (0, _counts[0]);
        while (seen < needed)
        {
            seen += _counts[++day];
        }

        return day;
    }

    private void Count()
    {
        if (_counts is null)
        {
            _counts = [];
            foreach (var days in _few.AsSpan(0, Total))
            {
                Reserve(ref _counts, days);
                _counts[days]++;
            }

            _few = [];
        }
    }

    private static void Reserve<T>(ref T[] values, int index)
    {
        if (index >= values.Length)
        {
            Array.Resize(ref values, Math.Max(index + 1, 2 * values.Length));
        }
    }
}
