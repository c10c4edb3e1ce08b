using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Expansion.Engine.Affinity.Mining;

/// <summary>The inner loop of one thread. Its counters are all zero between items.</summary>
internal sealed class PairKernel(RankedBaskets baskets, int minCount)
{
    private const int PrefetchDistance = 8;

    private readonly int[] _counts = new int[baskets.ItemOf.Length];
    private readonly int[] _touched = new int[baskets.ItemOf.Length + 1];
    private PairCount[] _pairs = new PairCount[1024];

    /// <returns>Good until the next call.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<PairCount> Count(ItemRange range)
    {
        var length = 0;
        for (var rank = range.From; rank < range.To; rank++)
        {
            var places = baskets.Places.AsSpan(baskets.Starts[rank], baskets.Starts[rank + 1] - baskets.Starts[rank]);
            if (places.Length >= minCount)
            {
                length = Emit(rank, Walk(places), length);
            }
        }

        return _pairs.AsSpan(0, length);
    }

    /// <summary>
    /// Without bounds checks: places and ranks come from <see cref="RankedBaskets"/>, where each basket ends with a mark. The basket a few steps
    /// ahead is fetched meanwhile, for what an item's baskets cost is mostly waiting for memory: without, 10 million baskets of 100,000 items took 3.5 times as long.
    /// </summary>
    /// <returns>How many different items were met.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe int Walk(ReadOnlySpan<int> places)
    {
        ref var chunks = ref MemoryMarshal.GetArrayDataReference(baskets.Chunks);
        ref var counts = ref MemoryMarshal.GetArrayDataReference(_counts);
        ref var touched = ref MemoryMarshal.GetArrayDataReference(_touched);
        var met = 0;
        for (var i = 0; i < places.Length; i++)
        {
            if (Sse.IsSupported && i + PrefetchDistance < places.Length)
            {
                Sse.Prefetch0(Unsafe.AsPointer(ref At(ref chunks, places[i + PrefetchDistance])));
            }

            ref var next = ref At(ref chunks, places[i]);
            int entry;
            do
            {
                entry = next;
                next = ref Unsafe.Add(ref next, 1);
                var rank = entry & BasketChunk.ItemMask;
                ref var count = ref Unsafe.Add(ref counts, rank);
                Unsafe.Add(ref touched, met) = rank;
                met += count == 0 ? 1 : 0;
                count++;
            }
            while (entry >= 0);
        }

        return met;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref int At(ref int[] chunks, int place) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Unsafe.Add(ref chunks, place >> BasketChunk.OffsetBits)), place & BasketChunk.OffsetMask);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
