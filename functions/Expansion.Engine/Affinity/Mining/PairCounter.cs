namespace Expansion.Engine.Affinity.Mining;

/// <summary>
/// Counts, exactly, every pair of items that share at least <c>minCount</c> baskets. Item by item: walk the rest of each basket that holds the item, bump one counter for each
/// item met, hand out those that reach the minimum, clear what was touched. Time is linear in the pair occurrences (the sum of k(k−1)/2 over baskets of k kept items);
/// memory is the ranked baskets (eight bytes an item kept) and, a thread, one counter an item and one block of pairs: nothing grows with the number of pairs.
/// Reusable: ranges may be counted one after the other.
/// </summary>
public sealed class PairCounter
{
    /// <summary>Pair occurrences in a block: bounds what a block can hold (12 bytes a pair), yet is large beside what taking a block costs.</summary>
    private const long MaxBlockWork = 1 << 20;

    private readonly RankedBaskets _baskets;
    private readonly int _minCount;
    private readonly int _threads;

    /// <param name="minCount">Baskets that must hold both, at least 1.</param>
    /// <param name="threads">How many to use at most; null is one a processor. The outcome doesn't depend on it.</param>
    /// <param name="takeBaskets">Saves the memory of a copy: the matrix can't be counted again.</param>
    public PairCounter(BasketMatrix baskets, int minCount, int? threads = null, bool takeBaskets = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minCount, 1);
        _threads = threads ?? Environment.ProcessorCount;
        ArgumentOutOfRangeException.ThrowIfLessThan(_threads, 1, nameof(threads));
        _minCount = minCount;
        _baskets = RankedBaskets.From(baskets, minCount, _threads, takeBaskets);
    }

    /// <summary>All items that can be in a pair.</summary>
    public ItemRange All => new(0, _baskets.ItemOf.Length);

    /// <summary>Pair occurrences of all items kept: what counting costs.</summary>
    public long Work => _baskets.Work[^1];

    /// <summary>Cuts a range into at most <paramref name="parts"/> of about the same work; the same baskets are cut the same way everywhere.</summary>
    public IReadOnlyList<ItemRange> Split(int parts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        return Cut(All, Math.Max(1, (Work + parts - 1) / parts));
    }

    /// <summary>All pairs of the range, by A, then B.</summary>
    public IReadOnlyList<PairCount> ToList(ItemRange? range = null, CancellationToken cancellationToken = default)
    {
        var pairs = new List<PairCount>();
        Count(range ?? All, block => block.ToArray(), block => pairs.AddRange(block), cancellationToken);
        pairs.Sort();
        return pairs;
    }

    /// <summary>Hands out the pairs of a range in blocks, each pair once, always in the same order.</summary>
    /// <param name="transform">Called on many threads at once, in any order.</param>
    /// <param name="consume">Called with one result at a time, in order.</param>
    public void Count<TResult>(ItemRange range, PairTransform<TResult> transform, Action<TResult> consume, CancellationToken cancellationToken)
    {
        var blockWork = Math.Clamp(Work / (16L * _threads), 1, MaxBlockWork);
        var blocks = Cut(range, blockWork);
        var output = new OrderedOutput<TResult>(blocks.Count, consume);
        var next = -1;
        WorkerThreads.Run(Math.Min(_threads, blocks.Count), _ =>
        {
            try
            {
                var kernel = new PairKernel(_baskets, _minCount);
                for (var block = Interlocked.Increment(ref next); block < blocks.Count; block = Interlocked.Increment(ref next))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    output.Add(block, transform(kernel.Count(blocks[block])));
                }
            }
            catch
            {
                // What the other threads would still count, nobody wants any more.
                Interlocked.Exchange(ref next, blocks.Count);
                throw;
            }
        });
    }

    /// <summary>Ranges of at least the given work, the last one aside. Items at the end that nothing follows own no pair and are left out.</summary>
    private List<ItemRange> Cut(ItemRange range, long work)
    {
        var ranges = new List<ItemRange>();
        var from = range.From;
        for (var to = from + 1; to <= range.To; to++)
        {
            var found = _baskets.Work[to] - _baskets.Work[from];
            if (found >= work || (found > 0 && to == range.To))
            {
                ranges.Add(new ItemRange(from, to));
                from = to;
            }
        }

        return ranges;
    }

    /// <summary>Results come in as threads finish and go out in order.</summary>
    private sealed class OrderedOutput<TResult>(int count, Action<TResult> consume)
    {
        private readonly Lock _lock = new();
        private readonly TResult?[] _results = new TResult?[count];
        private readonly bool[] _ready = new bool[count];
        private int _next;

        public void Add(int index, TResult result)
        {
            lock (_lock)
            {
                (_results[index], _ready[index]) = (result, true);
                for (; _next < count && _ready[_next]; _next++)
                {
                    var next = _results[_next]!;
                    _results[_next] = default;
                    consume(next);
                }
            }
        }
    }
}
