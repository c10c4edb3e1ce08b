namespace Expansion.Engine.Affinity.Mining;

/// <summary>The inner loop of one thread. Its counters are all zero between items.</summary>
internal sealed class PairKernel(RankedBaskets baskets, int minCount)
{
    private readonly int[] _counts = new int[baskets.ItemOf.Length];
    private readonly int[] _touched = new int[baskets.ItemOf.Length + 1];
    private PairCount[] _pairs = new PairCount[1024];

    /// <returns>Good until the next call.</returns>
    public ReadOnlySpan<PairCount> Count(ItemRange range)
    {
        var length = 0;
        for (var rank = range.From; rank < range.To; rank++)
        {
            var continuations = baskets.Continuations.AsSpan(baskets.Starts[rank], baskets.Starts[rank + 1] - baskets.Starts[rank]);
            if (continuations.Length >= minCount)
            {
                length = Emit(rank, Walk(continuations), length);
            }
        }

        return _pairs.AsSpan(0, length);
    }

    /// <returns>How many different items were met.</returns>
    private int Walk(ReadOnlySpan<int> continuations)
    {
        var items = baskets.Items;
        var counts = _counts;
        var touched = _touched;
        var met = 0;
        foreach (var continuation in continuations)
        {
            var position = continuation;
            int entry;
            do
            {
                entry = items[position++];
                var rank = entry & BasketChunk.ItemMask;
                touched[met] = rank;
                met += counts[rank]++ == 0 ? 1 : 0;
            }
            while (entry >= 0);
        }

        return met;
    }

    private int Emit(int rank, int met, int length)
    {
        if (_pairs.Length - length < met)
        {
            Array.Resize(ref _pairs, Math.Max(2 * _pairs.Length, length + met));
        }

        var item = baskets.ItemOf[rank];
        foreach (var partner in _touched.AsSpan(0, met))
        {
            var both = _counts[partner];
            _counts[partner] = 0;
            if (both >= minCount)
            {
                var other = baskets.ItemOf[partner];
                _pairs[length++] = item < other ? new PairCount(item, other, both) : new PairCount(other, item, both);
            }
        }

        return length;
    }
}
