using Expansion.Engine.Recommendations.Collaborative;
using Expansion.Engine.Recommendations.Content;

namespace Expansion.Engine.Recommendations.Training;

/// <summary>Everything that is learned of the products: who leads to whom, by each source, and what each is by itself.</summary>
internal sealed record ModelSources(Neighbours Baskets, Neighbours BasketsEver, Neighbours Customers, Neighbours Walk, Neighbours Confidence, Neighbours Content, ProductFacts Facts, int[] Popular)
{
    /// <summary>Chosen on validation slices: see docs/recommendations.md. A penalty and what a family weighs are shares of what a typical product's rows weigh.</summary>
    private const double BasketSize = 0.5;
    private const double BasketHalfLife = 90;
    private const double CustomerSize = 0.5;
    private const double Lambda = 0.4;
    private const double EverLambda = 0.8;
    private const double FamilyWeight = 0.045;
    private const double FamilySize = 0.3;
    private const double WalkAlpha = 0.7;
    private const double WalkBeta = 0.4;
    private const int MinCount = 6;

    /// <summary>Entries of the sums over rows, 8 bytes each, and of one source's neighbours: the bounds on memory.</summary>
    private const int MostEntries = 30_000_000;
    private const int MostNeighbours = 2_000_000;

    /// <summary>Products that explain one in the ridge regressions, summed over all: the bound on time. More than 60 a product are worth nothing in a catalogue of thousands.</summary>
    private const int MostExplaining = 250_000;

    /// <summary>In the order of a model's file.</summary>
    public static readonly string[] ListNames = [nameof(Baskets), nameof(BasketsEver), nameof(Customers), nameof(Walk), nameof(Confidence), nameof(Content)];

    public Neighbours[] Lists => [Baskets, BasketsEver, Customers, Walk, Confidence, Content];

    public static ModelSources FromLists(Neighbours[] lists, ProductFacts facts, int[] popular) => new(lists[0], lists[1], lists[2], lists[3], lists[4], lists[5], facts, popular);

    /// <summary>How many neighbours a product keeps: fewer in a large catalogue, so that memory stays bounded.</summary>
    public static int Predictors(int products) => Math.Clamp(MostNeighbours / Math.Max(1, products), 20, 100);

    /// <param name="catalogue">The products by number in the catalogue's order.</param>
    public static ModelSources Fit(TrainingOrders orders, Descriptions descriptions, int[] catalogue, int threads)
    {
        var products = Math.Max(1, orders.Skus.Length);
        var predictors = Predictors(products);
        var facts = ProductFacts.Of(orders);
        var counts = Gram.Of(Incidence.OfBaskets(orders, 0, double.PositiveInfinity), MostEntries, threads);
        var even = Incidence.OfBaskets(orders, 1, double.PositiveInfinity);
        return new(
            Ridge(Incidence.OfBaskets(orders, BasketSize, BasketHalfLife), Lambda),
            Ridge(even, EverLambda),
            Ridge(Incidence.OfCustomers(orders, CustomerSize), Lambda),
            WalkNeighbours.Of(Gram.Of(even, MostEntries, threads), WalkAlpha, WalkBeta, predictors, threads),
            ConfidenceNeighbours.Of(counts, MinCount, predictors, threads),
            descriptions.Alike,
            facts,
            facts.Popular(catalogue));

        Neighbours Ridge(Incidence rows, double lambda)
        {
            var all = Gram.Of(rows.With(descriptions.Families, FamilyWeight * rows.Typical, FamilySize), MostEntries, threads);
            return RidgeNeighbours.Of(all, lambda * rows.Typical, Math.Clamp(MostExplaining / products, 20, 200), Math.Clamp(2 * MostNeighbours / products, 40, 1000), threads);
        }
    }
}
