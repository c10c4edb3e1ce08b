using System.Security.Cryptography;
using System.Text;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Shops;

namespace Expansion.Engine.Offers.Bundles;

/// <summary>
/// Makes a shop's bundles:
/// <code>
/// pairs that belong together ─► sets of 2 to 4, each priced within the bounds (BundleSearch) ─► the best choice of them (BundleSelector) ─► items, shares, savings
/// </code>
/// </summary>
public static class BundlePlanner
{
    /// <summary>Sets kept to choose from, and the steps of the search and of the choice: together a few seconds on one core, whatever the catalogue.</summary>
    private const int SetsKept = 200_000, LeastOfAProduct = 5;
    private const long SearchSteps = 20_000_000, ChoiceSteps = 500_000;

    /// <summary>The pairs whose products complement each other: sound, no mere season, with the shop's least lift; a person's word wins.</summary>
    public static IEnumerable<BundlePair> Complements(IEnumerable<ScoredPair> pairs, IEnumerable<PairDecision> decisions, ShopSettings shop)
    {
        var verdicts = decisions.ToDictionary(decision => (decision.A, decision.B), decision => decision.Verdict);
        return pairs
            .Where(pair => verdicts.TryGetValue((pair.Pair.A, pair.Pair.B), out var verdict)
                ? verdict != PairVerdict.Rejected
                : pair.Sound && !pair.Seasonal && pair.Pair.Lift >= shop.MinLift && pair.Pair.Both >= shop.MinCount)
            .Select(pair => new BundlePair(pair.Pair.A, pair.Pair.B, pair.Pair.Both, pair.Pair.CountA, pair.Pair.CountB, pair.Pair.Baskets));
    }

    /// <param name="products">What is known of each; one that is missing is in no bundle.</param>
    /// <param name="currency">The shop's; products in another are in no bundle.</param>
    /// <param name="basketsPerMonth">To tell how many take a bundle.</param>
    public static BundlePlan Plan(
        IEnumerable<BundlePair> pairs, IReadOnlyDictionary<Sku, BundleProduct> products, string currency, double basketsPerMonth, PricingSettings settings)
    {
        var leftOut = new Dictionary<string, long>();
        var graph = BundleGraph.Of(pairs, products, currency, settings, leftOut);
        var search = new BundleSearch(graph, settings, Math.Max(LeastOfAProduct, SetsKept / Math.Max(1, graph.Nodes.Count)), SearchSteps);
        var candidates = search.Run();
        var selector = new BundleSelector(candidates, graph.Nodes.Count, settings, ChoiceSteps);
        var chosen = selector.Run();
        foreach (var (reason, sets) in search.LeftOut)
        {
            leftOut[reason] = sets;
        }

        return new([.. chosen.Select(candidate => Describe(candidate, graph, currency, basketsPerMonth))], search.Complete && selector.Exact, leftOut);
    }

    /// <summary>The bundles for somebody who owns some products already: none that holds one of them.</summary>
    public static IEnumerable<Bundle> Without(this IEnumerable<Bundle> bundles, IReadOnlySet<Sku> owned) =>
        bundles.Where(bundle => !bundle.Items.Any(item => owned.Contains(item.Sku)));

    private static Bundle Describe(BundleCandidate candidate, BundleGraph graph, string currency, double basketsPerMonth)
    {
        var nodes = candidate.Members.Select(member => graph.Nodes[member]).ToList();
        var shares = Allocation.LargestRemainder(candidate.Price, [.. nodes.Select(node => node.Price)]);
        var takers = candidate.Share * basketsPerMonth;
        var margin = candidate.Price - nodes.Sum(node => node.Cost);
        return new(
            Id(nodes),
            [.. nodes.Select((node, index) => new BundleItem(node.Product.Sku, node.Product.Title, In(node.Price), In(shares[index])))],
            In(nodes.Sum(node => node.Price)), In(candidate.Price), In(margin), nodes.Exists(node => node.Product.Cost is null),
            takers, In((long)(takers * margin)));

        Money In(long units) => Money.FromMinorUnits(units, currency);
    }

    /// <summary>A hash of the SKUs, which may hold anything.</summary>
    private static string Id(List<BundleNode> nodes) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', nodes.Select(node => node.Product.Sku.Value)))))[..16];
}
