using Expansion.Engine.Recommendations.Collaborative;

namespace Expansion.Engine.Recommendations.Training;

/// <summary>Everything that is learned of the products: who leads to whom, by each source, and what each is by itself.</summary>
internal sealed record ModelSources(Neighbours Baskets, Neighbours Customers, Neighbours Walk, Neighbours Confidence, Neighbours Content, ProductFacts Facts)
{
    /// <summary>Chosen on validation slices: see docs/recommendations.md.</summary>
    private const double BasketSize = 0.5;
    private const double BasketHalfLife = 90;
    private const double CustomerSize = 0.5;
    private const double BasketLambda = 2;
    private const double CustomerLambda = 10;
    private const int MinCount = 6;

    /// <summary>Entries of the sums over rows, 8 bytes each, and of one source's neighbours: the bounds on memory.</summary>
    private const int MostEntries = 30_000_000;
    private const int MostNeighbours = 2_500_000;

    public static ModelSources Fit(TrainingOrders orders, Neighbours content, int threads)
    {
        var products = Math.Max(1, orders.Skus.Length);
        var predictors = Math.Clamp(MostNeighbours / products, 20, 100);
        var most = Math.Clamp(2 * MostNeighbours / products, 40, 1000);
        var counts = Gram.Of(Incidence.OfBaskets(orders, 0, double.PositiveInfinity), MostEntries, threads);
        var confidence = ConfidenceNeighbours.Of(counts, MinCount, 2 * predictors, threads);
        var walk = WalkNeighbours.Of(Gram.Of(Incidence.OfBaskets(orders, 1, double.PositiveInfinity), MostEntries, threads), 0.7, 0.4, predictors, threads);
        var baskets = RidgeNeighbours.Of(Gram.Of(Incidence.OfBaskets(orders, BasketSize, BasketHalfLife), MostEntries, threads), BasketLambda, predictors, most, threads);
        var customers = RidgeNeighbours.Of(Gram.Of(Incidence.OfCustomers(orders, CustomerSize), MostEntries, threads), CustomerLambda, predictors, most, threads);
        return new(baskets, customers, walk, confidence, content, ProductFacts.Of(orders));
    }
}
