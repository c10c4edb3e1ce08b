using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Expansion.Engine.Affinity.Mining;

/// <summary>
/// Takes baskets one by one and keeps them as small as counting allows: four bytes an item, nothing for a basket with one item besides that item's count.
/// Grows chunk by chunk, so nothing is ever copied and the peak is what is kept.
/// One thread at a time; several builders make one matrix (<see cref="BasketMatrix.From(IReadOnlyList{BasketBuilder})"/>).
/// </summary>
public sealed class BasketBuilder
{
    private BasketChunk? _chunk;
    private int[] _frequencies = [];

    internal List<BasketChunk> Chunks { get; } = [];

    internal long Baskets { get; private set; }

    /// <summary>One past the largest item seen.</summary>
    internal int ItemCount { get; private set; }

    /// <summary>Baskets by item; may be longer than <see cref="ItemCount"/>.</summary>
    internal int[] Frequencies => _frequencies;

    /// <param name="items">
    /// In any order, repetitions allowed: an item counts once a basket. An empty basket counts for nothing. Items are meant to be dense: memory grows with the largest.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An item is negative or above <see cref="BasketMatrix.MaxItem"/>, or the basket has more than <see cref="BasketMatrix.MaxBasket"/> items.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<int> items)
    {
        if (items.IsEmpty)
        {
            return;
        }

        var chunk = _chunk is not null && BasketChunk.Capacity - _chunk.Length >= items.Length ? _chunk : NextChunk(items.Length);
        var basket = chunk.Items.AsSpan(chunk.Length, items.Length);
        var previous = -1;
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i] <= previous)
            {
                basket = Sorted(items, basket);
                break;
            }

            basket[i] = previous = items[i];
        }

        Count(basket);
        Baskets++;
        if (basket.Length > 1)
        {
            basket[^1] |= BasketChunk.LastOfBasket;
            chunk.Length += basket.Length;
        }
    }

    /// <returns>The distinct items, ascending, at the front of the room.</returns>
    private static Span<int> Sorted(ReadOnlySpan<int> items, Span<int> room)
    {
        items.CopyTo(room);
        room.Sort();
        ArgumentOutOfRangeException.ThrowIfNegative(room[0], nameof(items));
        var kept = 1;
        for (var i = 1; i < room.Length; i++)
        {
            if (room[i] != room[kept - 1])
            {
                room[kept++] = room[i];
            }
        }

        return room[..kept];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Count(ReadOnlySpan<int> ascending)
    {
        if (ascending[^1] >= ItemCount)
        {
            Extend(ascending[^1]);
        }

        // Within bounds: none is negative, and the last is the largest.
        ref var frequencies = ref MemoryMarshal.GetArrayDataReference(_frequencies);
        foreach (var item in ascending)
        {
            Unsafe.Add(ref frequencies, item)++;
        }
    }

    private void Extend(int largest)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(largest, BasketMatrix.MaxItem, "items");
        ItemCount = largest + 1;
        if (ItemCount > _frequencies.Length)
        {
            Array.Resize(ref _frequencies, Math.Min(BasketMatrix.MaxItem + 1, Math.Max(ItemCount, 2 * _frequencies.Length)));
        }
    }

    private BasketChunk NextChunk(int needed)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(needed, BasketMatrix.MaxBasket, "items");
        _chunk = new BasketChunk();
        Chunks.Add(_chunk);
        return _chunk;
    }
}
