namespace Expansion.Engine.Affinity.Soundness;

/// <summary>
/// Benjamini–Hochberg q-values of millions of pairs in bounded memory (Journal of the Royal Statistical Society B 57, 1995): add every p-value, then ask.
/// Exact while there are at most <paramref name="capacity"/> different p-values (16 bytes each). Beyond that they are rounded upward, at first by
/// 0.02 %, so a q-value may come out slightly too large and never too small. Parts counted apart can be added.
/// </summary>
public sealed class FalseDiscovery(int capacity = 1 << 21)
{
    private const double FinestGrid = 1.0 / 4096;

    private double[] _ln = [];
    private long[] _times = [];
    private int _used;
    private double _grid;

    /// <summary>
    /// How many pairs could have been found among products that were each bought often enough to be in a pair that is kept. All of them were tested:
    /// choosing the tests by how often the pair was seen would choose the lucky ones, whereas choosing products by their own sales does not
    /// (Bourgon, Gentleman, Huber, PNAS 107, 2010). Pairs that aren't added count with p = 1.
    /// </summary>
    public static long TestsAmong(long products) => products * (products - 1) / 2;

    public void Add(LogProbability p, long times = 1) => Add(p.Ln, times);

    public void Add(FalseDiscovery other)
    {
        for (var i = 0; i < other._used; i++)
        {
            Add(other._ln[i], other._times[i]);
        }
    }

    /// <summary>Every p-value that was added, and how often, so that parts counted on several machines can be added.</summary>
    public IEnumerable<(LogProbability P, long Times)> Entries => Enumerable.Range(0, _used).Select(i => (new LogProbability(_ln[i]), _times[i]));

    /// <param name="tests">All that was tested, added or not: <see cref="TestsAmong"/>.</param>
    public QValues ToQValues(long tests)
    {
        SortAndMerge();
        var q = new double[_used];
        var rank = 0L;
        for (var i = 0; i < _used; i++)
        {
            rank += _times[i];
            q[i] = _ln[i] - Math.Log(rank);
        }

        var (lnTests, least) = (Math.Log(Math.Max(tests, rank)), 0.0);
        for (var i = _used - 1; i >= 0; i--)
        {
            q[i] = least = Math.Min(least, q[i] + lnTests);
        }

        return new QValues(_ln[.._used], q);
    }

    private void Add(double ln, long times)
    {
        if (_used == capacity)
        {
            SortAndMerge();
            while (_used > capacity / 2)
            {
                _grid = _grid == 0 ? FinestGrid : 2 * _grid;
                SortAndMerge();
            }
        }

        if (_used == _ln.Length)
        {
            var length = Math.Min(capacity, Math.Max(1024, 2 * _used));
            Array.Resize(ref _ln, length);
            Array.Resize(ref _times, length);
        }

        (_ln[_used], _times[_used]) = (ln, times);
        _used++;
    }

    private void SortAndMerge()
    {
        Array.Sort(_ln, _times, 0, _used);
        var last = -1;
        for (var i = 0; i < _used; i++)
        {
            var ln = _grid == 0 ? _ln[i] : Math.Ceiling(_ln[i] / _grid) * _grid;
            if (last >= 0 && _ln[last] == ln)
            {
                _times[last] += _times[i];
            }
            else
            {
                last++;
                (_ln[last], _times[last]) = (ln, _times[i]);
            }
        }

        _used = last + 1;
    }
}

/// <summary>The q-value of every p-value that was added: the share of luck to expect among all pairs that are at least as sound.</summary>
public sealed class QValues
{
    private readonly double[] _lnP;
    private readonly double[] _lnQ;

    internal QValues(double[] lnP, double[] lnQ) => (_lnP, _lnQ) = (lnP, lnQ);

    /// <summary>min over p' ≥ p of p' m / rank(p'). 1 above every p-value that was added.</summary>
    public LogProbability Of(LogProbability p)
    {
        var index = Array.BinarySearch(_lnP, p.Ln);
        index = index < 0 ? ~index : index;
        return index == _lnQ.Length ? LogProbability.One : new(_lnQ[index]);
    }
}
