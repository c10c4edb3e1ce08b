namespace Expansion.Engine.Affinity.Mining;

/// <summary>Baskets to be counted: immutable, so several threads and several counts can share it.</summary>
public sealed class BasketMatrix
{
    /// <summary>The largest item: catalogues of 16 million products are held, sparse ids beyond are the caller's to number.</summary>
    public const int MaxItem = (1 << 24) - 1;

    private readonly int[] _frequencies;

    private BasketMatrix(BasketChunk[] chunks, long baskets, int[] frequencies)
    {
        Chunks = chunks;
        Baskets = baskets;
        _frequencies = frequencies;
        Length = chunks.Sum(chunk => (long)chunk.Length);
        if (Length > Array.MaxLength)
        {
            throw new InvalidOperationException($"{Length} items in baskets of two and more are over the limit of {Array.MaxLength}: count a shorter window.");
        }
    }

    /// <summary>Baskets with at least one item, n.</summary>
    public long Baskets { get; }

    /// <summary>Baskets that hold the item, by item; its length is one more than the largest item.</summary>
    public ReadOnlySpan<int> Frequencies => _frequencies;

    internal BasketChunk[] Chunks { get; }

    /// <summary>Items in all chunks.</summary>
    internal long Length { get; }

    public static BasketMatrix From(BasketBuilder builder) => From([builder]);

    /// <summary>The baskets of all builders, in their order. The builders must not be used afterwards: nothing is copied.</summary>
    public static BasketMatrix From(IReadOnlyList<BasketBuilder> builders)
    {
        var frequencies = new int[builders.Max(builder => builder.ItemCount)];
        foreach (var builder in builders)
        {
            for (var item = 0; item < builder.ItemCount; item++)
            {
                frequencies[item] += builder.Frequencies[item];
            }
        }

        return new BasketMatrix([.. builders.SelectMany(builder => builder.Chunks)], builders.Sum(builder => builder.Baskets), frequencies);
    }
}
