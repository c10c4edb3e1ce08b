namespace Expansion.Engine.Affinity.Delay;

/// <summary>
/// Delays between the products of pairs, one customer's history at a time. Memory is 16 bytes a pair, and for pairs that some customer bought both of some
/// hundred bytes more, at most four for each day of the window, however many orders there are. Only the first purchase of each product counts, so a
/// customer with a thousand orders weighs no more than another. Parts counted apart, by customer, can be added.
/// </summary>
public sealed class DelayCounter
{
    /// <summary>Longest delay that is a follow-up rather than another story, in days.</summary>
    public const int DefaultWindowDays = 180;

    private static readonly PairDelay Nobody = new Delays().ToDelay();

    private readonly int _windowDays;

    // By first product, where its pairs begin; by pair, the second product and what is known of the two.
    private readonly int[] _starts;
    private readonly int[] _seconds;
    private readonly Delays?[] _delays;

    // By product, the order in which the customer at hand first bought it, or -1.
    private readonly int[] _first;
    private readonly List<int> _bought = [];

    /// <param name="pairs">The pairs to watch, each once, by first product, then second; a delay is asked for in the same order, a then b.</param>
    /// <param name="windowDays">First purchases further apart than this don't count at all: 1 to 730 days.</param>
    public DelayCounter(IReadOnlyList<(int A, int B)> pairs, int windowDays = DefaultWindowDays)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowDays, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(windowDays, 730);
        _windowDays = windowDays;
        _seconds = new int[pairs.Count];
        _delays = new Delays?[pairs.Count];
        _first = new int[pairs.Count == 0 ? 0 : pairs.Max(pair => Math.Max(pair.A, pair.B)) + 1];
        Array.Fill(_first, -1);
        _starts = new int[_first.Length + 1];
        for (var pair = 0; pair < pairs.Count; pair++)
        {
            if (pair > 0 && pairs[pair - 1].CompareTo(pairs[pair]) >= 0)
            {
                throw new ArgumentException($"Pair {pairs[pair]} comes after {pairs[pair - 1]}.", nameof(pairs));
            }

            _seconds[pair] = pairs[pair].B;
            _starts[pairs[pair].A + 1]++;
        }

        for (var product = 0; product < _first.Length; product++)
        {
            _starts[product + 1] += _starts[product];
        }
    }

    /// <param name="history">All orders of one customer, oldest first.</param>
    public void Add(IReadOnlyList<CustomerOrder> history)
    {
        for (var order = 0; order < history.Count; order++)
        {
            foreach (var product in history[order].Products)
            {
                if (product < _first.Length && _first[product] < 0)
                {
                    _first[product] = order;
                    _bought.Add(product);
                }
            }
        }

        foreach (var a in _bought)
        {
            for (var pair = _starts[a]; pair < _starts[a + 1]; pair++)
            {
                if (_first[_seconds[pair]] is var orderOfB and >= 0)
                {
                    var days = history[orderOfB].Day.DayNumber - history[_first[a]].Day.DayNumber;
                    (_delays[pair] ??= new()).Add(orderOfB - _first[a], days, _windowDays);
                }
            }
        }

        _bought.ForEach(product => _first[product] = -1);
        _bought.Clear();
    }

    /// <param name="other">A counter of the same pairs.</param>
    public void Add(DelayCounter other)
    {
        for (var pair = 0; pair < _delays.Length; pair++)
        {
            if (other._delays[pair] is { } delays)
            {
                (_delays[pair] ??= new()).Add(delays);
            }
        }
    }

    /// <exception cref="KeyNotFoundException">The pair wasn't asked for.</exception>
    public PairDelay Of(int a, int b)
    {
        var pair = a + 1 < _starts.Length ? Array.BinarySearch(_seconds, _starts[a], _starts[a + 1] - _starts[a], b) : -1;
        return pair >= 0 ? _delays[pair]?.ToDelay() ?? Nobody : throw new KeyNotFoundException($"The delay of {a} and {b} wasn't asked for.");
    }

    private sealed class Delays
    {
        private DayHistogram? _aFirst;
        private DayHistogram? _bFirst;
        private int _sameOrder;

        public void Add(int orders, int days, int windowDays)
        {
            if (orders == 0)
            {
                _sameOrder++;
            }
            else if (Math.Abs(days) <= windowDays)
            {
                (orders > 0 ? _aFirst ??= new() : _bFirst ??= new()).Add(Math.Abs(days));
            }
        }

        public void Add(Delays other)
        {
            _sameOrder += other._sameOrder;
            _aFirst = Sum(_aFirst, other._aFirst);
            _bFirst = Sum(_bFirst, other._bFirst);
        }

        public PairDelay ToDelay()
        {
            var (aFirst, bFirst) = (_aFirst ?? new(), _bFirst ?? new());
            var both = new DayHistogram();
            both.Add(aFirst);
            both.Add(bFirst);
            return new(_sameOrder, aFirst.Total, bFirst.Total, aFirst.Quantile(0.5), bFirst.Quantile(0.5), both.Quantile(0.5));
        }

        private static DayHistogram? Sum(DayHistogram? mine, DayHistogram? other)
        {
            if (mine is null || other is null)
            {
                return mine ?? other;
            }

            mine.Add(other);
            return mine;
        }
    }
}
