namespace Expansion.Engine.Recommendations.Collaborative;

/// <summary>
/// RP3β (Paudel et al., "Updatable, Accurate, Diverse, and Scalable Recommendations for Interactive Applications", TiiS 2017): a walk of three steps from a product over a basket to
/// another product, the chance of each step raised to α, divided by the other's popularity to the power β. α of the second step is the incidence's size exponent.
/// </summary>
internal static class WalkNeighbours
{
    public static Neighbours Of(Gram gram, double alpha, double beta, int most, int threads) => Neighbours.Build(gram.Diagonal.Length, most, threads, () => (product, found) =>
    {
        foreach (var other in gram.Together.Of(product))
        {
            found.Add(new(other.Item, (float)(other.Weight / Math.Pow(gram.Diagonal[product], alpha) / Math.Pow(gram.Diagonal[other.Item], beta))));
        }

        return found;
    });
}
