using System.Numerics;
using System.Runtime.InteropServices;

namespace Expansion.Engine.Affinity.Delay;

/// <summary>
/// Delays between the products of pairs, one customer's history at a time, on any number of threads. Every history is taken twice: first counted, so that
/// each pair is given just the room it needs, then entered. Memory is 32 bytes a pair and one for each customer who bought both of it at different times, at most
/// 1.5 KB a pair. Only the first purchase of each product counts, so a customer with a thousand orders weighs no more than another.
/// </summary>
public sealed class DelayCounter
{
    /// <summary>Longest delay that is a follow-up rather than another story, in days: first purchases further apart don't count at all.</summary>
    public const int WindowDays = 180;

    private const int Days = WindowDays + 1;

    /// <summary>Counts by day, of both directions: what a pair is given where a byte for each customer would be more.</summary>
    private const int CountsOfPair = 2 * Days;

    private const int BitsOfPair = 16;

    // By first product, where its pairs begin; by pair, the second product and its customers.
    private readonly int[] _starts;
    private readonly int[] _seconds;
    private readonly Tally[] _tallies;

    // A bit for each pair, by hash. Nearly all that customers buy together is no pair that is watched, and the bit says so in a twentieth of the time of a search.
    private readonly ulong[] _filter;
    private readonly int _filterShift;

    // Delays one by one, those of a first from the front of a pair's room, those of b first from its end; and counts by day.
    private byte[] _days = [];
    private int[] _counts = [];

    /// <param name="pairs">The pairs to watch, a before b, each once, by first product, then second.</param>
    public DelayCounter(IReadOnlyList<(int A, int B)> pairs)
    {
        _seconds = new int[pairs.Count];
        _tallies = new Tally[pairs.Count];
        var products = pairs.Count == 0 ? 0 : pairs[^1].A + 1;
        _starts = new int[products + 1];
        var bits = BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, BitsOfPair * (long)pairs.Count));
        _filter = new ulong[bits / 64];
        _filterShift = 64 - BitOperations.Log2(bits);
        for (var pair = 0; pair < pairs.Count; pair++)
        {
            var (a, b) = pairs[pair];
            if (a >= b || (pair > 0 && pairs[pair - 1].CompareTo(pairs[pair]) >= 0))
            {
                throw new ArgumentException($"Pair {pairs[pair]} is out of order.", nameof(pairs));
            }

            _seconds[pair] = b;
            _starts[a + 1]++;
            _filter[Bit(a, b) >> 6] |= 1UL << (int)Bit(a, b);
        }

        for (var product = 0; product < products; product++)
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
        var (bought, met) = (new List<long>(), new List<(int, int, int)>());
        foreach (var history in histories)
        {
            Meet(history, FirstPurchases(history, bought), met);
            foreach (var pair in met)
            {
                yield return pair;
            }

            met.Clear();
        }
    }

    /// <summary>Each product once, ascending, and the order that first holds it, in one number: what sorts fast.</summary>
    private static ReadOnlySpan<long> FirstPurchases(IReadOnlyList<CustomerOrder> history, List<long> bought)
    {
        bought.Clear();
        for (var order = 0; order < history.Count; order++)
        {
            foreach (var product in history[order].Products)
            {
                bought.Add(((long)product << 32) | (uint)order);
            }
        }

        bought.Sort();
        var first = CollectionsMarshal.AsSpan(bought);
        var kept = 0;
        foreach (var purchase in first)
        {
            if (kept == 0 || purchase >> 32 != first[kept - 1] >> 32)
            {
                first[kept++] = purchase;
            }
        }

        return first[..kept];
    }

    private void Meet(IReadOnlyList<CustomerOrder> history, ReadOnlySpan<long> bought, List<(int Pair, int Orders, int Days)> met)
    {
        for (var i = 0; i < bought.Length; i++)
        {
            var (a, orderOfA) = ((int)(bought[i] >> 32), (int)bought[i]);
            foreach (var later in bought[(i + 1)..])
            {
                if (MayBeWatched(a, (int)(later >> 32)) && Find(a, (int)(later >> 32)) is var pair and >= 0)
                {
                    var days = history[(int)later].Day.DayNumber - history[orderOfA].Day.DayNumber;
                    if (Math.Abs(days) <= WindowDays)
                    {
                        met.Add((pair, (int)later - orderOfA, days));
                    }
                }
            }
        }
    }

    private bool MayBeWatched(int a, int b) => (_filter[Bit(a, b) >> 6] & (1UL << (int)Bit(a, b))) != 0;

    /// <summary>Fibonacci hashing: the high bits of a product with 2^64 / φ.</summary>
    private uint Bit(int a, int b) => (uint)(((((ulong)a << 32) | (uint)b) * 0x9E3779B97F4A7C15) >> _filterShift);

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
