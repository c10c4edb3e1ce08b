namespace Expansion.Engine.Affinity.Mining;

/// <summary>
/// Takes baskets one by one and keeps them as small as counting allows: four bytes an item, nothing for a basket with one item besides that item's count.
/// Grows chunk by chunk, so nothing is ever copied and the peak is what is kept.
/// One thread at a time; several builders make one matrix (<see cref="BasketMatrix.From(IReadOnlyList{BasketBuilder})"/>).
/// </summary>
public sealed class BasketBuilder
{
    private const int FirstChunkLength = 1 << 14;
    private const int MaxChunkLength = 1 << 20;

    private readonly List<BasketChunk> _chunks = [];
    private int[] _chunk = [];
    private int _used;
    private int[] _frequencies = [];

    internal long Baskets { get; private set; }

    /// <summary>One past the largest item seen.</summary>
    internal int ItemCount { get; private set; }

    /// <summary>Baskets by item; may be longer than <see cref="ItemCount"/>.</summary>
    internal int[] Frequencies => _frequencies;

    internal IEnumerable<BasketChunk> Chunks => _used == 0 ? _chunks : _chunks.Append(new BasketChunk(_chunk, _used));

    /// <param name="items">In any order, repetitions allowed: an item counts once a basket. An empty basket counts for nothing. Items are meant to be dense: memory grows with the largest.</param>
    /// <exception cref="ArgumentOutOfRangeException">An item is negative or above <see cref="BasketMatrix.MaxItem"/>.</exception>
    public void Add(ReadOnlySpan<int> items)
    {
        if (items.IsEmpty)
        {
            return;
        }

        if (_chunk.Length - _used < items.Length)
        {
            NextChunk(items.Length);
        }

        var basket = _chunk.AsSpan(_used, items.Length);
        items.CopyTo(basket);
        var length = Distinct(basket);
        Count(basket[..length]);
        Baskets++;
        if (length > 1)
        {
            basket[length - 1] |= BasketChunk.LastOfBasket;
            _used += length;
        }
    }

    /// <summary>Ascends in nearly every file already; else sorts. What is kept moves to the front.</summary>
    private static int Distinct(Span<int> basket)
    {
        for (var i = 1; i < basket.Length; i++)
        {
            if (basket[i] <= basket[i - 1])
            {
                basket.Sort();
                return Deduplicate(basket);
            }
        }

        return basket.Length;
    }

    private static int Deduplicate(Span<int> sorted)
    {
        var kept = 1;
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] != sorted[kept - 1])
            {
                sorted[kept++] = sorted[i];
            }
        }

        return kept;
    }

    private void Count(ReadOnlySpan<int> ascending)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ascending[0], "items");
        if (ascending[^1] >= ItemCount)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(ascending[^1], BasketMatrix.MaxItem, "items");
            ItemCount = ascending[^1] + 1;
            if (ItemCount > _frequencies.Length)
            {
                Array.Resize(ref _frequencies, (int)Math.Min(BasketMatrix.MaxItem + 1L, Math.Max(ItemCount, 2L * _frequencies.Length)));
            }
        }

        var frequencies = _frequencies;
        foreach (var item in ascending)
        {
            frequencies[item]++;
        }
    }

    private void NextChunk(int needed)
    {
        if (_used > 0)
        {
            _chunks.Add(new BasketChunk(_chunk, _used));
        }

        var length = Math.Clamp(2 * _chunk.Length, FirstChunkLength, MaxChunkLength);
        _chunk = GC.AllocateUninitializedArray<int>(Math.Max(length, needed));
        _used = 0;
    }
}

/// <summary>Whole baskets of two and more distinct items one after the other; the sign bit marks a basket's last item, which spares the offsets.</summary>
internal readonly record struct BasketChunk(int[] Items, int Length)
{
    public const int LastOfBasket = int.MinValue;
    public const int ItemMask = int.MaxValue;

    public ReadOnlySpan<int> Span => Items.AsSpan(0, Length);
}
