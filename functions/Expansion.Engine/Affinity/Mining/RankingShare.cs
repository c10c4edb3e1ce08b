namespace Expansion.Engine.Affinity.Mining;

/// <summary>What one thread does of <see cref="RankedBaskets"/>.</summary>
internal sealed class RankingShare(ReadOnlyMemory<BasketChunk> chunks, int start, int ranks)
{
    private int _end;

    /// <summary>By rank: after <see cref="Fill"/> how often something follows it in a basket, then where its next continuation is written.</summary>
    public int[] Next { get; } = new int[ranks];

    /// <summary>By rank, how many items follow it in all baskets.</summary>
    public long[] Work { get; } = new long[ranks];

    public void Fill(int[] rankOf, int[] items)
    {
        var end = start;
        foreach (var chunk in chunks.Span)
        {
            var basket = end;
            foreach (var entry in chunk.Span)
            {
                var rank = rankOf[entry & BasketChunk.ItemMask];
                if (rank >= 0)
                {
                    items[end++] = rank;
                }

                if (entry < 0)
                {
                    end = Close(items, basket, end);
                    basket = end;
                }
            }
        }

        _end = end;
    }

    public void Scatter(int[] items, int[] continuations)
    {
        for (var i = start; i < _end; i++)
        {
            if (items[i] >= 0)
            {
                continuations[Next[items[i]]++] = i + 1;
            }
        }
    }

    /// <summary>A basket that has fewer than two items left makes no pair and is taken back.</summary>
    private int Close(int[] items, int basket, int end)
    {
        if (end - basket < 2)
        {
            return basket;
        }

        items.AsSpan(basket, end - basket).Sort();
        for (var i = basket; i < end - 1; i++)
        {
            Next[items[i]]++;
            Work[items[i]] += end - 1 - i;
        }

        items[end - 1] |= BasketChunk.LastOfBasket;
        return end;
    }
}
