using Expansion.Engine.Offers.Pricing;

namespace Expansion.Engine.Offers.Bundles;

/// <summary>The products that may be in a bundle, by number in order of SKU, and for each those it belongs together with.</summary>
internal sealed class BundleGraph
{
    private BundleGraph(IReadOnlyList<BundleNode> nodes) => Nodes = nodes;

    public IReadOnlyList<BundleNode> Nodes { get; }

    public static BundleGraph Of(IEnumerable<BundlePair> pairs, IReadOnlyDictionary<Sku, BundleProduct> products, string currency, PricingSettings settings, Dictionary<string, long> leftOut)
    {
        var usable = pairs.Where(pair => pair.Both > 0).ToList();
        var skus = usable.SelectMany(pair => new[] { pair.A, pair.B }).Distinct().Order().ToList();
        var nodes = new List<BundleNode>();
        var numbers = new Dictionary<Sku, int>();
        foreach (var sku in skus)
        {
            var product = products.GetValueOrDefault(sku) ?? new(sku, null, null, null);
            if (Refuse(product, currency, settings) is { } reason)
            {
                leftOut[reason] = leftOut.GetValueOrDefault(reason) + 1;
                continue;
            }

            numbers.Add(sku, nodes.Count);
            var price = product.Price!.Value.ToMinorUnits();
            nodes.Add(new(product, price, product.Cost?.ToMinorUnits() ?? (long)decimal.Ceiling(price * (1 - settings.AssumedMargin!.Value)), settings.MinDiscount));
        }

        foreach (var pair in usable)
        {
            if (numbers.TryGetValue(pair.A, out var a) && numbers.TryGetValue(pair.B, out var b))
            {
                var (low, high) = a < b ? (a, b) : (b, a);
                nodes[low].Links.Add(new(high, Math.Log((double)pair.Both / pair.Baskets)));
                nodes[a].LnShare = Math.Log((double)pair.CountA / pair.Baskets);
                nodes[b].LnShare = Math.Log((double)pair.CountB / pair.Baskets);
            }
        }

        nodes.ForEach(node => node.Links.Sort((x, y) => x.To.CompareTo(y.To)));
        return new(nodes);
    }

    private static string? Refuse(BundleProduct product, string currency, PricingSettings settings) => product switch
    {
        { InStock: false } => "products out of stock",
        { Price: null or { Amount: <= 0 } } => "products without a price",
        { Price: { } price } when price.Currency != currency => $"products not priced in {currency}",
        { Cost: { } cost } when cost.Currency != currency => $"products whose cost isn't in {currency}",
        { Cost: null } when settings.AssumedMargin is null => "products whose cost isn't known",
        { PriceRefusal: not null } => "products whose price would show a saving that isn't there",
        _ => null,
    };
}

/// <param name="price">Minor units, by itself.</param>
/// <param name="cost">Minor units.</param>
internal sealed class BundleNode(BundleProduct product, long price, long cost, decimal leastDiscount)
{
    public BundleProduct Product => product;

    public long Price => price;

    public long Cost => cost;

    /// <summary>The most it can add to a bundle's margin, at the least discount.</summary>
    public double MostMargin { get; } = Math.Max(0, (double)((price * (1 - leastDiscount)) - cost));

    /// <summary>Logarithm of the share of baskets that hold it.</summary>
    public double LnShare { get; set; }

    /// <summary>Those after it in number that it belongs together with, ascending.</summary>
    public List<BundleLink> Links { get; } = [];
}

/// <param name="LnShare">Logarithm of the share of baskets that hold both.</param>
internal readonly record struct BundleLink(int To, double LnShare);
