using Expansion.Engine.Offers.Bundles;
using Expansion.Engine.Offers.Pricing;

namespace Expansion.Engine.Tests.Offers.Bundles;

/// <summary>The highest expected margin of any choice of any sets of products, in minor units a basket: every set is tried, and every choice of sets.</summary>
internal static class BruteForce
{
    public static double Best(IReadOnlyList<BundlePair> pairs, IReadOnlyDictionary<Sku, BundleProduct> products, PricingSettings settings)
    {
        var skus = products.Keys.Order().ToList();
        var both = pairs.ToDictionary(pair => (skus.IndexOf(pair.A), skus.IndexOf(pair.B)));
        var values = new List<(int Set, double Value)>();
        for (var set = 1; set < 1 << skus.Count; set++)
        {
            var members = Enumerable.Range(0, skus.Count).Where(index => (set >> index & 1) == 1).ToList();
            var inside = members.SelectMany(x => members.Where(y => y > x).Select(y => (x, y))).ToList();
            if (members.Count >= 2 && members.Count <= settings.MaxBundleSize && inside.TrueForAll(both.ContainsKey))
            {
                var (sum, cost) = (members.Sum(index => products[skus[index]].Price!.Value.ToMinorUnits()), members.Sum(index => products[skus[index]].Cost!.Value.ToMinorUnits()));
                if (BundlePrice.Of(sum, cost, settings, out _) is { } price && price > cost)
                {
                    values.Add((set, Share(members, inside.ConvertAll(pair => both[pair])) * (price - cost)));
                }
            }
        }

        return Choose(values, 0, new int[skus.Count], settings.MaxBundles, settings.MaxBundlesPerProduct, []);
    }

    private static double Share(List<int> members, List<BundlePair> pairs)
    {
        var together = pairs.Aggregate(1.0, (product, pair) => product * pair.Both / pair.Baskets);
        var single = (double)pairs[0].CountA / pairs[0].Baskets;
        return Math.Min(pairs.Min(pair => (double)pair.Both / pair.Baskets), together / Math.Pow(single, members.Count * (members.Count - 2)));
    }

    /// <summary>The best of the sets from a place on; what is left depends only on the place, the room, and how many may still be chosen, so it is worked out once for each.</summary>
    private static double Choose(List<(int Set, double Value)> sets, int from, int[] used, int left, int most, Dictionary<string, double> known)
    {
        if (from == sets.Count || left == 0)
        {
            return 0;
        }

        var key = $"{from} {left} {string.Join(',', used)}";
        if (known.TryGetValue(key, out var best))
        {
            return best;
        }

        best = Choose(sets, from + 1, used, left, most, known);
        var members = Enumerable.Range(0, used.Length).Where(index => (sets[from].Set >> index & 1) == 1).ToList();
        if (members.TrueForAll(member => used[member] < most))
        {
            members.ForEach(member => used[member]++);
            best = Math.Max(best, sets[from].Value + Choose(sets, from + 1, used, left - 1, most, known));
            members.ForEach(member => used[member]--);
        }

        return known[key] = best;
    }
}
