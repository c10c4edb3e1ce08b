namespace Expansion.Engine.Affinity.Mining;

/// <summary>
/// The baskets made ready for counting: items below the minimum dropped, the rest replaced by their rank (0 is the most bought, ties by item),
/// ascending within a basket. Beside it, for each rank, where in <see cref="Items"/> its baskets go on after it: what an item is counted with
/// is then the rest of its basket. Most bought first makes the long walks the sequential ones and leaves rare items little to walk.
/// Memory: four bytes an item kept and four for each that isn't the last of its basket.
/// </summary>
internal sealed class RankedBaskets
{
    private RankedBaskets(int[] itemOf, int[] items, int[] starts, int[] continuations, long[] work)
    {
        ItemOf = itemOf;
        Items = items;
        Starts = starts;
        Continuations = continuations;
        Work = work;
    }

    /// <summary>The item of each rank.</summary>
    public int[] ItemOf { get; }

    /// <summary>Ranks, basket after basket; the sign bit marks a basket's last.</summary>
    public int[] Items { get; }

    /// <summary>By rank, where its part of <see cref="Continuations"/> begins; one more at the end.</summary>
    public int[] Starts { get; }

    public int[] Continuations { get; }

    /// <summary>By rank, the pair occurrences counted before it; the last is the total.</summary>
    public long[] Work { get; }

    public static RankedBaskets From(BasketMatrix matrix, int minCount, int threads)
    {
        var itemOf = Rank(matrix.Frequencies, minCount);
        var rankOf = new int[matrix.Frequencies.Length];
        Array.Fill(rankOf, -1);
        for (var rank = 0; rank < itemOf.Length; rank++)
        {
            rankOf[itemOf[rank]] = rank;
        }

        var shares = Share(matrix, itemOf.Length, threads);
        var items = GC.AllocateUninitializedArray<int>((int)matrix.Length);
        Parallel.ForEach(shares, share => share.Fill(rankOf, items));

        var starts = new int[itemOf.Length + 1];
        var work = new long[itemOf.Length + 1];
        var position = 0;
        for (var rank = 0; rank < itemOf.Length; rank++)
        {
            starts[rank] = position;
            work[rank + 1] = work[rank];
            foreach (var share in shares)
            {
                work[rank + 1] += share.Work[rank];
                (share.Next[rank], position) = (position, position + share.Next[rank]);
            }
        }

        starts[^1] = position;
        var continuations = GC.AllocateUninitializedArray<int>(position);
        Parallel.ForEach(shares, share => share.Scatter(items, continuations));
        return new RankedBaskets(itemOf, items, starts, continuations, work);
    }

    private static int[] Rank(ReadOnlySpan<int> frequencies, int minCount)
    {
        var keys = new List<long>();
        for (var item = 0; item < frequencies.Length; item++)
        {
            if (frequencies[item] >= minCount && frequencies[item] > 0)
            {
                keys.Add(((long)(int.MaxValue - frequencies[item]) << 32) | (uint)item);
            }
        }

        keys.Sort();
        return [.. keys.Select(key => (int)key)];
    }

    /// <summary>Stretches of chunks of about the same length, one a thread. Each has its own place in the result, so no thread waits for another; what a share drops leaves a gap behind it.</summary>
    private static List<RankingShare> Share(BasketMatrix matrix, int ranks, int threads)
    {
        var shares = new List<RankingShare>();
        var (first, offset, end) = (0, 0, 0L);
        for (var i = 0; i < matrix.Chunks.Length; i++)
        {
            end += matrix.Chunks[i].Length;
            if (i == matrix.Chunks.Length - 1 || end * threads >= matrix.Length * (shares.Count + 1))
            {
                shares.Add(new RankingShare(matrix.Chunks.AsMemory(first, i + 1 - first), offset, ranks));
                (first, offset) = (i + 1, (int)end);
            }
        }

        return shares;
    }
}
