namespace Expansion.Engine.Recommendations.Collaborative;

/// <summary>Affinity as rules: the share of a product's baskets that also hold the other, of pairs that at least a few baskets hold.</summary>
internal static class ConfidenceNeighbours
{
    /// <param name="counts">Baskets that hold both, every basket weighing one.</param>
    public static Neighbours Of(Gram counts, int minCount, int most, int threads) => Neighbours.Build(counts.Diagonal.Length, most, threads, () => (product, found) =>
    {
        foreach (var other in counts.Together.Of(product))
        {
            if (other.Weight >= minCount)
            {
                found.Add(new(other.Item, other.Weight / counts.Diagonal[product]));
            }
        }

        return found;
    });
}
