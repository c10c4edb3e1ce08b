using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Expansion.Engine.Affinity.Mining;

/// <summary>What one thread does of <see cref="RankedBaskets"/>: the chunks from … to − 1. Source and target may be the same chunks, for a basket never grows.</summary>
internal sealed class RankingShare(BasketChunk[] source, BasketChunk[] target, int from, int to, int ranks)
{
    /// <summary>By rank.</summary>
    public RankTally[] Tallies { get; } = new RankTally[ranks];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(int[] rankOf)
    {
        for (var i = from; i < to; i++)
        {
            target[i].Length = Fill(rankOf, source[i].Items.AsSpan(0, source[i].Length), target[i].Items);
        }
    }

    /// <summary>Within bounds: <see cref="BasketBuilder"/> knows the largest item.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Fill(int[] rankOf, ReadOnlySpan<int> entries, int[] items)
    {
        ref var rankOfItem = ref MemoryMarshal.GetArrayDataReference(rankOf);
        ref var basket = ref MemoryMarshal.GetArrayDataReference(items);
        var (length, end) = (0, 0);
        foreach (var entry in entries)
        {
            var rank = Unsafe.Add(ref rankOfItem, entry & BasketChunk.ItemMask);
            Unsafe.Add(ref basket, length) = rank;
            length += rank >= 0 ? 1 : 0;
            if (entry < 0)
            {
                if (length > 1)
                {
                    Close(MemoryMarshal.CreateSpan(ref basket, length));
                    basket = ref Unsafe.Add(ref basket, length);
                    end += length;
                }

                // A basket that has fewer than two items left makes no pair and is written over.
                length = 0;
            }
        }

        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scatter(int[] places)
    {
        ref var tallies = ref MemoryMarshal.GetArrayDataReference(Tallies);
        for (var i = from; i < to; i++)
        {
            var place = i << BasketChunk.OffsetBits;
            foreach (var entry in target[i].Items.AsSpan(0, target[i].Length))
            {
                place++;
                if (entry >= 0)
                {
                    places[Unsafe.Add(ref tallies, entry).Next++] = place;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Close(Span<int> basket)
    {
        SmallSort.Sort(basket);
        ref var tallies = ref MemoryMarshal.GetArrayDataReference(Tallies);
        for (var i = 0; i < basket.Length - 1; i++)
        {
            ref var tally = ref Unsafe.Add(ref tallies, basket[i]);
            tally.Next++;
            tally.Work += basket.Length - 1 - i;
        }

        basket[^1] |= BasketChunk.LastOfBasket;
    }
}

/// <summary>Of one rank: how many items follow it in all baskets; how often something follows it, then where its next place is written.</summary>
internal record struct RankTally(long Work, int Next);
