using System.Runtime.InteropServices;

namespace Expansion.Engine.Affinity.Delay;

/// <summary>
/// Delays between the products of pairs, one customer's history at a time. Memory is bounded by the pairs asked for: at most 8 bytes for each pair and
/// day of the window (and only up to the longest delay seen), however many orders there are. Only the first purchase of each product counts, so a
/// customer with a thousand orders weighs no more than another. Parts counted apart, by customer, can be added.
/// </summary>
public sealed class DelayCounter
{
    /// <summary>Longest delay that is a follow-up rather than another story, in days.</summary>
    public const int DefaultWindowDays = 180;

    private readonly int _windowDays;
    private readonly Dictionary<(int A, int B), Delays> _delays = [];
    private readonly Dictionary<int, List<(int B, Delays Delays)>> _partners = [];

    /// <param name="pairs">The pairs to watch; a delay is asked for in the same order, a then b.</param>
    /// <param name="windowDays">First purchases further apart than this don't count at all: 1 to 730 days.</param>
    public DelayCounter(IEnumerable<(int A, int B)> pairs, int windowDays = DefaultWindowDays)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowDays, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(windowDays, 730);
        _windowDays = windowDays;
        foreach (var (a, b) in pairs)
        {
            var delays = new Delays();
            if (_delays.TryAdd((a, b), delays))
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(_partners, a, out _) ??= []).Add((b, delays));
            }
        }
    }

    /// <param name="history">All orders of one customer, oldest first.</param>
    public void Add(IReadOnlyList<CustomerOrder> history)
    {
        var firsts = new Dictionary<int, int>();
        for (var order = 0; order < history.Count; order++)
        {
            foreach (var product in history[order].Products)
            {
                firsts.TryAdd(product, order);
            }
        }

        foreach (var (a, orderOfA) in firsts)
        {
            foreach (var (b, delays) in _partners.GetValueOrDefault(a) ?? [])
            {
                if (firsts.TryGetValue(b, out var orderOfB))
                {
                    delays.Add(orderOfB - orderOfA, history[orderOfB].Day.DayNumber - history[orderOfA].Day.DayNumber, _windowDays);
                }
            }
        }
    }

    public void Add(DelayCounter other)
    {
        foreach (var (pair, delays) in other._delays)
        {
            _delays[pair].Add(delays);
        }
    }

    /// <exception cref="KeyNotFoundException">The pair wasn't asked for.</exception>
    public PairDelay Of(int a, int b) => _delays[(a, b)].ToDelay();

    private sealed class Delays
    {
        private readonly DayHistogram _aFirst = new();
        private readonly DayHistogram _bFirst = new();
        private long _sameOrder;

        public void Add(int orders, int days, int windowDays)
        {
            if (orders == 0)
            {
                _sameOrder++;
            }
            else if (Math.Abs(days) <= windowDays)
            {
                (orders > 0 ? _aFirst : _bFirst).Add(Math.Abs(days));
            }
        }

        public void Add(Delays other)
        {
            _sameOrder += other._sameOrder;
            _aFirst.Add(other._aFirst);
            _bFirst.Add(other._bFirst);
        }

        public PairDelay ToDelay()
        {
            var both = new DayHistogram();
            both.Add(_aFirst);
            both.Add(_bFirst);
            return new(_sameOrder, _aFirst.Total, _bFirst.Total, _aFirst.Quantile(0.5), _bFirst.Quantile(0.5), both.Quantile(0.5));
        }
    }
}
