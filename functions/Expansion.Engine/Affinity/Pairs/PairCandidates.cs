using Expansion.Engine.Affinity.Months;
using Expansion.Engine.Affinity.Soundness;

namespace Expansion.Engine.Affinity.Pairs;

/// <summary>
/// Takes every pair of a window and keeps the best of each product: together more often than by chance (lift above 1, p ≤ 0.05), most often together first.
/// All p-values count for the q-values, those of pairs that aren't kept too. Memory is bounded by products × <see cref="PerProduct"/>, whatever the number of pairs.
/// Parts counted apart, by range of products, can be added, and the outcome is that of the whole.
/// </summary>
public sealed class PairCandidates(WindowCounts window)
{
    /// <summary>Partners kept of a product: a few full shelves, after what is in the cart, rejected or out of stock is left out.</summary>
    public const int PerProduct = 25;

    /// <summary>A pair above this can't reach a q-value of as much: it is luck for all we know.</summary>
    public const double MostP = 0.05;

    private readonly PriorityQueue<PairCandidate, Rank>?[] _best = new PriorityQueue<PairCandidate, Rank>?[window.Skus.Count];

    public FalseDiscovery Discovery { get; } = new();

    /// <summary>Pairs taken, kept or not.</summary>
    public long Pairs { get; private set; }

    /// <summary>Counts and takes every pair whose first product is in the range, on all processors.</summary>
    public static PairCandidates Count(WindowCounts window, ProductRange range, int minCount, CancellationToken cancellationToken)
    {
        var parts = window.Split(range, Environment.ProcessorCount);
        var counted = new PairCandidates[parts.Count];
        Parallel.For(0, parts.Count, new ParallelOptions { CancellationToken = cancellationToken }, part =>
        {
            counted[part] = new(window);
            foreach (var pair in window.Pairs(parts[part].From, parts[part].To, minCount))
            {
                counted[part].Add(pair);
            }
        });
        var whole = counted.Length == 0 ? new(window) : counted[0];
        for (var part = 1; part < counted.Length; part++)
        {
            whole.Add(counted[part]);
        }

        return whole;
    }

    public void Add(PairMonths pair)
    {
        Pairs++;
        var counts = new PairCounts(pair.Both, window.Frequencies[pair.A], window.Frequencies[pair.B], window.Baskets);
        if (counts.Lift <= 1)
        {
            return;
        }

        var p = PairTest.PValue(counts);
        Discovery.Add(p);
        if (p.Value <= MostP && (Wants(pair.A, pair.B, pair.Both) || Wants(pair.B, pair.A, pair.Both)))
        {
            Keep(PairCandidate.Of(pair));
        }
    }

    public void Add(PairCandidates other)
    {
        Pairs += other.Pairs;
        Discovery.Add(other.Discovery);
        foreach (var candidate in other.Kept())
        {
            Keep(candidate);
        }
    }

    /// <summary>Every pair that is among the best of either product, by A, then B.</summary>
    public IReadOnlyList<PairCandidate> Kept() =>
        [.. _best.Where(best => best is not null).SelectMany(best => best!.UnorderedItems).Select(item => item.Element)
            .DistinctBy(pair => (pair.A, pair.B)).OrderBy(pair => pair.A).ThenBy(pair => pair.B)];

    /// <summary>All of it, to be added on another machine that has the same window.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Pairs);
        var entries = Discovery.Entries.ToList();
        writer.Write(entries.Count);
        foreach (var (p, times) in entries)
        {
            writer.Write(p.Ln);
            writer.Write(times);
        }

        var kept = Kept();
        writer.Write(kept.Count);
        foreach (var pair in kept)
        {
            writer.Write(pair.A);
            writer.Write(pair.B);
            writer.Write(pair.Both);
            writer.Write(pair.Months.Length);
            writer.Write(pair.Months);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Adds what another machine wrote with <see cref="ToBytes"/>.</summary>
    public void Add(byte[] part)
    {
        using var reader = new BinaryReader(new MemoryStream(part));
        Pairs += reader.ReadInt64();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            Discovery.Add(new LogProbability(reader.ReadDouble()), reader.ReadInt64());
        }

        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            Keep(new PairCandidate(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadBytes(reader.ReadInt32())));
        }
    }

    private void Keep(PairCandidate pair)
    {
        Keep(pair, pair.A, pair.B);
        Keep(pair, pair.B, pair.A);
    }

    private void Keep(PairCandidate pair, int product, int partner)
    {
        if (Wants(product, partner, pair.Both))
        {
            var best = _best[product] ??= new();
            if (best.Count == PerProduct)
            {
                best.Dequeue();
            }

            best.Enqueue(pair, RankOf(partner, pair.Both));
        }
    }

    private bool Wants(int product, int partner, int both) =>
        _best[product] is not { Count: PerProduct } best || (best.TryPeek(out _, out var least) && RankOf(partner, both).CompareTo(least) > 0);

    private Rank RankOf(int partner, int both) => new(both, window.Frequencies[partner], partner);

    /// <summary>Most often together first; of equals the rarer partner, whose lift is higher; then the earlier, so that the outcome never depends on the order of arrival.</summary>
    private readonly record struct Rank(int Both, int Frequency, int Partner) : IComparable<Rank>
    {
        public int CompareTo(Rank other) =>
            Both != other.Both ? Both.CompareTo(other.Both)
            : Frequency != other.Frequency ? other.Frequency.CompareTo(Frequency)
            : other.Partner.CompareTo(Partner);
    }
}
