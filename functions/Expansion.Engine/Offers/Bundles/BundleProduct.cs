namespace Expansion.Engine.Offers.Bundles;

/// <summary>A product as a bundle sees it.</summary>
/// <param name="Price">What it costs by itself, today; null when that isn't known.</param>
/// <param name="Cost">What it costs the shop; null when that isn't known.</param>
public sealed record BundleProduct(Sku Sku, string? Title, Money? Price, Money? Cost)
{
    public bool InStock { get; init; } = true;

    /// <summary>Why its price may not be named beside a bundle's; null when it may.</summary>
    public string? PriceRefusal { get; init; }
}

/// <summary>Two products that belong together, and how many baskets hold both, each, and in all.</summary>
public sealed record BundlePair(Sku A, Sku B, long Both, long CountA, long CountB, long Baskets);

/// <summary>A bundle that can be offered, with everything it shows and everything it earns.</summary>
/// <param name="Id">The same for the same products, always.</param>
/// <param name="Items">In order of SKU.</param>
/// <param name="Sum">What the items cost one by one.</param>
/// <param name="Margin">Price less the items' cost.</param>
/// <param name="CostAssumed">Some cost isn't known and was taken from the shop's assumed margin.</param>
/// <param name="TakersPerMonth">Baskets a month that hold all of them by <see cref="BundleDemand"/>: what bundles are ranked by, no forecast of what the discount adds.</param>
/// <param name="ExpectedMargin">Takers times margin, a month.</param>
public sealed record Bundle(
    string Id, IReadOnlyList<BundleItem> Items, Money Sum, Money Price, Money Margin, bool CostAssumed, double TakersPerMonth, Money ExpectedMargin)
{
    public Money Saving => Sum - Price;

    /// <summary>Rounded down, so that it never promises more than is saved.</summary>
    public int SavingPercent => (int)(Saving.Amount * 100 / Sum.Amount);

    public string Title => string.Join(" + ", Items.Select(item => item.Title ?? item.Sku.Value));
}

/// <param name="Price">By itself.</param>
/// <param name="Share">Of the bundle's price; the shares add up to it exactly.</param>
public sealed record BundleItem(Sku Sku, string? Title, Money Price, Money Share);

/// <param name="Exact">Whether no other choice within the bounds has a higher expected margin; else it is the best that was found in the steps allowed.</param>
/// <param name="LeftOut">Why products and sets of products are in no bundle, and how many for each reason.</param>
public sealed record BundlePlan(IReadOnlyList<Bundle> Bundles, bool Exact, IReadOnlyDictionary<string, long> LeftOut);
