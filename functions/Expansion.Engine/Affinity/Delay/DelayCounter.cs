namespace Expansion.Engine.Affinity.Delay;

/// <summary>
/// Delays between the products of pairs, one customer's history at a time, on any number of threads. Every history is taken twice: first counted, so that
/// each pair is given just the room it needs, then entered. Memory is 28 bytes a pair and one for each customer who bought both of it at different times, at most
/// 1.5 KB a pair. Only the first purchase of each product counts, so a customer with a thousand orders weighs no more than another.
/// </summary>
public sealed class DelayCounter
{
    /// <summary>Longest delay that is a follow-up rather than another story, in days: first purchases further apart don't count at all.</summary>
    public const int WindowDays = 180;

    private const int Days = WindowDays + 1;

    /// <summary>Counts by day, of both directions: what a pair is given where a byte for each customer would be more.</summary>
    private const int CountsOfPair = 2 * Days;

    /// <summary>A product with this many times more partners than a customer has products is searched for them instead of walked.</summary>
    private const int SearchedFrom = 8;

    private readonly int _products;

    // By first product, where its pairs begin; by pair, the second product and its customers.
    private readonly int[] _starts;
    private readonly int[] _seconds;
    private readonly Tally[] _tallies;

    // Delays one by one, those of a first from the front of a pair's room, those of b first from its end; and counts by day.
    private byte[] _days = [];
    private int[] _counts = [];

    /// <param name="pairs">The pairs to watch, each once, by first product, then second; a delay is asked for in the same order, a then b.</param>
    public DelayCounter(IReadOnlyList<(int A, int B)> pairs)
    {
        _seconds = new int[pairs.Count];
        _tallies = new Tally[pairs.Count];
        _products = pairs.Count == 0 ? 0 : pairs.Max(pair => Math.Max(pair.A, pair.B)) + 1;
        _starts = new int[_products + 1];
        for (var pair = 0; pair < pairs.Count; pair++)
        {
            if (pair > 0 && pairs[pair - 1].CompareTo(pairs[pair]) >= 0)
            {
                throw new ArgumentException($"Pair {pairs[pair]} comes after {pairs[pair - 1]}.", nameof(pairs));
            }

            _seconds[pair] = pairs[pair].B;
            _starts[pairs[pair].A + 1]++;
        }

        for (var product = 0; product < _products; product++)
        {
            _starts[product + 1] += _starts[product];
        }
    }

    /// <param name="histories">All orders of one customer each, oldest first.</param>
    public void Count(IEnumerable<IReadOnlyList<CustomerOrder>> histories)
    {
        foreach (var (pair, orders, _) in Follow(histories))
        {
            ref var tally = ref _tallies[pair];
            Interlocked.Increment(ref orders == 0 ? ref tally.SameOrder : ref orders > 0 ? ref tally.AFirst : ref tally.BFirst);
        }
    }

    /// <summary>Once all histories are counted, and before any is entered.</summary>
    public void MakeRoom()
    {
        var (days, counts) = (0L, 0L);
        foreach (ref var tally in _tallies.AsSpan())
        {
            ref var next = ref tally.IsCounted ? ref counts : ref days;
            tally.Room = checked((int)next);
            next += tally.IsCounted ? CountsOfPair : tally.Followed;
        }

        (_days, _counts) = (new byte[days], new int[counts]);
    }

    /// <param name="histories">Some that were counted.</param>
    public void Enter(IEnumerable<IReadOnlyList<CustomerOrder>> histories)
    {
        foreach (var (pair, orders, days) in Follow(histories))
        {
            ref var tally = ref _tallies[pair];
            if (orders != 0 && tally.IsCounted)
            {
                Interlocked.Increment(ref _counts[tally.Room + (orders > 0 ? days : Days - days)]);
            }
            else if (orders > 0)
            {
                _days[tally.Room + Interlocked.Increment(ref tally.AEntered) - 1] = (byte)days;
            }
            else if (orders < 0)
            {
                _days[tally.Room + tally.Followed - Interlocked.Increment(ref tally.BEntered)] = (byte)-days;
            }
        }
    }

    /// <exception cref="KeyNotFoundException">The pair wasn't asked for.</exception>
    public PairDelay Of(int a, int b)
    {
        var pair = Find(a, b);
        return pair >= 0 ? ToDelay(_tallies[pair]) : throw new KeyNotFoundException($"The delay of {a} and {b} wasn't asked for.");
    }

    private PairDelay ToDelay(in Tally tally)
    {
        Span<int> byDay = stackalloc int[CountsOfPair];
        byDay.Clear();
        if (tally.IsCounted)
        {
            _counts.AsSpan(tally.Room, CountsOfPair).CopyTo(byDay);
        }
        else
        {
            var days = _days.AsSpan(tally.Room, tally.Followed);
            for (var i = 0; i < days.Length; i++)
            {
                byDay[days[i] + (i < tally.AFirst ? 0 : Days)]++;
            }
        }

        var aFirst = byDay[..Days];
        var bFirst = byDay[Days..];
        var (daysAFirst, daysBFirst) = (Median(aFirst, tally.AFirst), Median(bFirst, tally.BFirst));
        for (var day = 0; day < aFirst.Length; day++)
        {
            aFirst[day] += bFirst[day];
        }

        return new(tally.SameOrder, tally.AFirst, tally.BFirst, daysAFirst, daysBFirst, Median(aFirst, tally.Followed));
    }

    /// <summary>The least number of days that at least half don't exceed; null of nothing.</summary>
    private static int? Median(ReadOnlySpan<int> byDay, int total)
    {
        if (total == 0)
        {
            return null;
        }

        var (day, seen) = (0, byDay[0]);
        while (seen < (total + 1) / 2)
        {
            seen += byDay[++day];
        }

        return day;
    }

    /// <summary>For each customer, the pairs of which both were bought within the window: how many orders and days b came after a, negative when it came before.</summary>
    private IEnumerable<(int Pair, int Orders, int Days)> Follow(IEnumerable<IReadOnlyList<CustomerOrder>> histories)
    {
        // By product, the order in which the customer at hand first bought it, or -1.
        var first = new int[_products];
        Array.Fill(first, -1);
        var (bought, met) = (new List<int>(), new List<(int, int, int)>());
        foreach (var history in histories)
        {
            FindFirst(history, first, bought);
            bought.ForEach(a => Meet(a, history, first, bought, met));
            foreach (var pair in met)
            {
                yield return pair;
            }

            bought.ForEach(product => first[product] = -1);
            bought.Clear();
            met.Clear();
        }
    }

    private static void FindFirst(IReadOnlyList<CustomerOrder> history, int[] first, List<int> bought)
    {
        for (var order = 0; order < history.Count; order++)
        {
            foreach (var product in history[order].Products)
            {
                if (product < first.Length && first[product] < 0)
                {
                    first[product] = order;
                    bought.Add(product);
                }
            }
        }
    }

    private void Meet(int a, IReadOnlyList<CustomerOrder> history, int[] first, List<int> bought, List<(int Pair, int Orders, int Days)> met)
    {
        if (_starts[a + 1] - _starts[a] > SearchedFrom * bought.Count)
        {
            bought.ForEach(b => Add(Find(a, b), first[b]));
            return;
        }

        for (var pair = _starts[a]; pair < _starts[a + 1]; pair++)
        {
            if (first[_seconds[pair]] is var orderOfB and >= 0)
            {
                Add(pair, orderOfB);
            }
        }

        void Add(int pair, int orderOfB)
        {
            var days = history[orderOfB].Day.DayNumber - history[first[a]].Day.DayNumber;
            if (pair >= 0 && Math.Abs(days) <= WindowDays)
            {
                met.Add((pair, orderOfB - first[a], days));
            }
        }
    }

    private int Find(int a, int b) => a + 1 < _starts.Length ? Array.BinarySearch(_seconds, _starts[a], _starts[a + 1] - _starts[a], b) : -1;

    private struct Tally
    {
        public int SameOrder;
        public int AFirst;
        public int BFirst;
        public int AEntered;
        public int BEntered;

        /// <summary>Where its delays begin, or the counts of its delays.</summary>
        public int Room;

        public readonly int Followed => AFirst + BFirst;

        public readonly bool IsCounted => Followed > CountsOfPair * sizeof(int);
    }
}
