using Expansion.Engine.Recommendations.Collaborative;

namespace Expansion.Engine.Recommendations.Training;

/// <summary>Everything that is learned of the products: who leads to whom, by each source, and what each is by itself.</summary>
internal sealed record ModelSources(Neighbours Baskets, Neighbours BasketsEver, Neighbours Customers, Neighbours Walk, Neighbours WalkPopular, Neighbours Confidence, Neighbours Content, ProductFacts Facts, int[] Popular)
{
    /// <summary>Chosen on validation slices: see docs/recommendations.md.</summary>
    private const double BasketSize = 0.5;
    private const double BasketHalfLife = 90;
    private const double CustomerSize = 0.5;
    private const double BasketLambda = 2;
    private const double CustomerLambda = 10;
    private const double EverLambda = 1;
    private const double WalkAlpha = 0.7;
    private const double WalkBeta = 0.4;
    private const double PopularAlpha = 1;
    private const double PopularBeta = 0.2;
    private const int MinCount = 6;

    /// <summary>Entries of the sums over rows, 8 bytes each, and of one source's neighbours: the bounds on memory.</summary>
    private const int MostEntries = 30_000_000;
    private const int MostNeighbours = 2_000_000;

    /// <summary>In the order of a model's file.</summary>
    public static readonly string[] ListNames = [nameof(Baskets), nameof(BasketsEver), nameof(Customers), nameof(Walk), nameof(WalkPopular), nameof(Confidence), nameof(Content)];

    public Neighbours[] Lists => [Baskets, BasketsEver, Customers, Walk, WalkPopular, Confidence, Content];

    public static ModelSources FromLists(Neighbours[] lists, ProductFacts facts, int[] popular) => new(lists[0], lists[1], lists[2], lists[3], lists[4], lists[5], lists[6], facts, popular);

    /// <summary>How many products explain one: fewer in a large catalogue, so that memory stays bounded.</summary>
    public static int Predictors(int products) => Math.Clamp(MostNeighbours / Math.Max(1, products), 20, 100);

    /// <param name="catalogue">The products by number in the catalogue's order.</param>
    public static ModelSources Fit(TrainingOrders orders, Neighbours content, int[] catalogue, int threads)
    {
        var products = Math.Max(1, orders.Skus.Length);
        var predictors = Predictors(products);
        var most = Math.Clamp(2 * MostNeighbours / products, 40, 1000);
        var facts = ProductFacts.Of(orders);
        var counts = Gram.Of(Incidence.OfBaskets(orders, 0, double.PositiveInfinity), MostEntries, threads);
        var confidence = ConfidenceNeighbours.Of(counts, MinCount, predictors, threads);
        var even = Gram.Of(Incidence.OfBaskets(orders, 1, double.PositiveInfinity), MostEntries, threads);
        var walk = WalkNeighbours.Of(even, WalkAlpha, WalkBeta, predictors, threads);
        var baskets = RidgeNeighbours.Of(Gram.Of(Incidence.OfBaskets(orders, BasketSize, BasketHalfLife), MostEntries, threads), BasketLambda, predictors, most, threads);
        var customers = RidgeNeighbours.Of(Gram.Of(Incidence.OfCustomers(orders, CustomerSize), MostEntries, threads), CustomerLambda, predictors, most, threads);
        var ever = RidgeNeighbours.Of(even, EverLambda, predictors, most, threads);
        return new(baskets, ever, customers, walk, WalkNeighbours.Of(even, PopularAlpha, PopularBeta, predictors, threads), confidence, content, facts, facts.Popular(catalogue));
    }
}
