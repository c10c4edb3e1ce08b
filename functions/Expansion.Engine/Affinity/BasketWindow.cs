using Expansion.Engine.Affinity.Mining;

namespace Expansion.Engine.Affinity;

/// <summary>The baskets of a shop's window, ready to be counted: products as dense integers, which <see cref="Skus"/> names.</summary>
public sealed record BasketWindow(YearMonth From, YearMonth To, IReadOnlyList<Sku> Skus, BasketMatrix Matrix)
{
    public long Baskets => Matrix.Baskets;

    /// <summary>Products that are in at least one basket; one that only ever came back is in none.</summary>
    public int Products => Matrix.Frequencies.Length - Matrix.Frequencies.Count(0);

    /// <summary>Baskets that hold the product.</summary>
    public int Count(int item) => item < Matrix.Frequencies.Length ? Matrix.Frequencies[item] : 0;

    /// <summary>All pairs in at least <paramref name="minCount"/> baskets, most frequent first, then in the order of their names.</summary>
    public IEnumerable<Pair> Pairs(int minCount) =>
        new PairCounter(Matrix, minCount).ToList().Select(Named)
            .OrderByDescending(pair => pair.Both).ThenBy(pair => pair.A).ThenBy(pair => pair.B);

    private Pair Named(PairCount pair)
    {
        var (a, b) = Skus[pair.A].CompareTo(Skus[pair.B]) < 0 ? (pair.A, pair.B) : (pair.B, pair.A);
        return new(Skus[a], Skus[b], pair.Both, Count(a), Count(b), Baskets);
    }
}
