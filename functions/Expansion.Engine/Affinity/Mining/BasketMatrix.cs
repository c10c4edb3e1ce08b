namespace Expansion.Engine.Affinity.Mining;

/// <summary>Baskets to be counted. Nothing changes them but a count that takes them (<see cref="PairCounter"/>), so several threads and several counts can share them.</summary>
public sealed class BasketMatrix
{
    /// <summary>The largest item: catalogues of 16 million products are held, sparse ids beyond are the caller's to number.</summary>
    public const int MaxItem = (1 << 24) - 1;

    /// <summary>Items in one basket; more would make over half a million million pairs.</summary>
    public const int MaxBasket = BasketChunk.Capacity;

    private readonly int[] _frequencies;
    private BasketChunk[]? _chunks;

    private BasketMatrix(BasketChunk[] chunks, long baskets, int[] frequencies)
    {
        _chunks = chunks;
        Baskets = baskets;
        _frequencies = frequencies;
        if (chunks.Length > BasketChunk.MaxChunks)
        {
            throw new InvalidOperationException($"More than {int.MaxValue} items in baskets can't be counted at once: count a shorter window.");
        }
    }

    /// <summary>Baskets with at least one item, n.</summary>
    public long Baskets { get; }

    /// <summary>Baskets that hold the item, by item; its length is one more than the largest item.</summary>
    public ReadOnlySpan<int> Frequencies => _frequencies;

    public static BasketMatrix From(BasketBuilder builder) => From([builder]);

    /// <summary>The baskets of all builders, in their order. The builders must not be used afterwards: nothing is copied.</summary>
    public static BasketMatrix From(IReadOnlyList<BasketBuilder> builders)
    {
        var items = 0;
        var baskets = 0L;
        var chunks = new List<BasketChunk>();
        foreach (var builder in builders)
        {
            items = Math.Max(items, builder.ItemCount);
            baskets += builder.Baskets;
            chunks.AddRange(builder.Chunks);
        }

        var frequencies = new int[items];
        foreach (var builder in builders)
        {
            for (var item = 0; item < builder.ItemCount; item++)
            {
                frequencies[item] += builder.Frequencies[item];
            }
        }

        return new BasketMatrix([.. chunks], baskets, frequencies);
    }

    /// <param name="take">The caller writes on them; nobody can have them afterwards.</param>
    internal BasketChunk[] Chunks(bool take)
    {
        var chunks = _chunks ?? throw new InvalidOperationException("These baskets were taken by an earlier count.");
        _chunks = take ? null : chunks;
        return chunks;
    }
}
