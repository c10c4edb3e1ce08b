using System.Runtime.CompilerServices;

namespace Expansion.Engine.Affinity.Mining;

/// <summary>
/// The baskets made ready for counting: items below the minimum dropped, the rest replaced by their rank (0 is the most bought, ties by item),
/// ascending within a basket. Beside it, for each rank, the places where its baskets go on after it: what an item is counted with
/// is then the rest of its basket. Most bought first makes the long walks the sequential ones and leaves rare items little to walk.
/// Memory: four bytes an item kept and four for each that isn't the last of its basket.
/// </summary>
internal sealed class RankedBaskets
{
    private RankedBaskets(int[] itemOf, BasketChunk[] chunks)
    {
        ItemOf = itemOf;
        Chunks = Array.ConvertAll(chunks, chunk => chunk.Items);
        Starts = new int[itemOf.Length + 1];
        Work = new long[itemOf.Length + 1];
    }

    /// <summary>The item of each rank.</summary>
    public int[] ItemOf { get; }

    /// <summary>Ranks, basket after basket; the sign bit marks a basket's last.</summary>
    public int[][] Chunks { get; }

    /// <summary>By rank, where its part of <see cref="Places"/> begins; one more at the end.</summary>
    public int[] Starts { get; }

    /// <summary>Chunk number and offset of what follows the rank in each of its baskets, basket order.</summary>
    public int[] Places { get; private set; } = [];

    /// <summary>By rank, the pair occurrences counted before it; the last is the total.</summary>
    public long[] Work { get; }

    public static RankedBaskets From(BasketMatrix matrix, int minCount, int threads, bool inPlace)
    {
        var itemOf = Rank(matrix.Frequencies, minCount);
        var rankOf = new int[matrix.Frequencies.Length];
        Array.Fill(rankOf, -1);
        for (var rank = 0; rank < itemOf.Length; rank++)
        {
            rankOf[itemOf[rank]] = rank;
        }

        var source = matrix.Chunks(take: inPlace);
        var target = inPlace ? source : Array.ConvertAll(source, _ => new BasketChunk());
        var ranked = new RankedBaskets(itemOf, target);
        var shares = new RankingShare[Math.Min(threads, source.Length)];
        WorkerThreads.Run(shares.Length, i =>
        {
            var (from, to) = ((int)((long)source.Length * i / shares.Length), (int)((long)source.Length * (i + 1) / shares.Length));
            shares[i] = new RankingShare(source, target, from, to, itemOf.Length);
            shares[i].Fill(rankOf);
        });
        ranked.Places = GC.AllocateUninitializedArray<int>(ranked.LayOut(shares));
        WorkerThreads.Run(shares.Length, i => shares[i].Scatter(ranked.Places));
        return ranked;
    }

    /// <summary>Most bought first: a radix sort of the frequencies, which keeps equal ones in the order of their items.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int[] Rank(ReadOnlySpan<int> frequencies, int minCount)
    {
        const int Bits = 11;
        var (kept, most) = (0, 0);
        var items = new int[frequencies.Length];
        for (var item = 0; item < frequencies.Length; item++)
        {
            items[kept] = item;
            kept += frequencies[item] >= minCount ? 1 : 0;
            most = Math.Max(most, frequencies[item]);
        }

        Array.Resize(ref items, kept);
        var sorted = new int[kept];
        for (var shift = 0; shift < 31 && most >> shift > 0; shift += Bits)
        {
            var ends = new int[(1 << Bits) + 1];
            foreach (var item in items)
            {
                ends[Digit(frequencies[item], shift) + 1]++;
            }

            for (var digit = 1; digit < ends.Length; digit++)
            {
                ends[digit] += ends[digit - 1];
            }

            foreach (var item in items)
            {
                sorted[ends[Digit(frequencies[item], shift)]++] = item;
            }

            (items, sorted) = (sorted, items);
        }

        return items;

        // The larger the frequency, the smaller the digit.
        static int Digit(int frequency, int shift) => ~(frequency >> shift) & ((1 << Bits) - 1);
    }

    /// <summary>Gives every rank its part of the places, and within it every share its own.</summary>
    /// <returns>How many places there are.</returns>
    private int LayOut(RankingShare[] shares)
    {
        var position = 0;
        for (var rank = 0; rank < ItemOf.Length; rank++)
        {
            Starts[rank] = position;
            Work[rank + 1] = Work[rank];
            foreach (var share in shares)
            {
                ref var tally = ref share.Tallies[rank];
                Work[rank + 1] += tally.Work;
                (tally.Next, position) = (position, position + tally.Next);
            }
        }

        Starts[^1] = position;
        return position;
    }
}
