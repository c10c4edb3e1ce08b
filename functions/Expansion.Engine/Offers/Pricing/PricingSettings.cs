namespace Expansion.Engine.Offers.Pricing;

/// <summary>What a shop decides about prices, bundles and claims. Every value has a default that works; amounts are in the shop's currency.</summary>
public sealed record PricingSettings
{
    public const string Document = "settings";

    /// <summary>The bounds of a bundle's discount, as shares. Shops may narrow them, never widen.</summary>
    public const decimal LeastDiscount = 0.15m, MostDiscount = 0.25m;

    /// <summary>The bounds of a bundle's size, in products.</summary>
    public const int LeastProducts = 2, MostProducts = 4;

    /// <summary>Days before a price reduction of which the lowest price is the reference: 30 (Directive 98/6/EC, art. 6a) to 365.</summary>
    public int PriorPriceDays { get; init; } = 30;

    /// <summary>Least days for which the prices of goods new to the market must be known: 1 to 30. Below 30 only where national law makes use of art. 6a(4).</summary>
    public int NewGoodsDays { get; init; } = 30;

    /// <summary>Days after which what a customer spends is too old to be told: 1 to 365.</summary>
    public int SpendDays { get; init; } = 35;

    /// <summary>Days after which an alternative's price is too old to be told: 1 to 365.</summary>
    public int AlternativeDays { get; init; } = 180;

    /// <summary>Days after which work counted by hand is too old to be told: 1 to 365.</summary>
    public int WorkDays { get; init; } = 45;

    /// <summary>Longest payback worth telling, in days: 1 to 1,095.</summary>
    public int MostPaybackDays { get; init; } = 365;

    /// <summary>Hours after which a stock count is too old to be told: 1 to 168.</summary>
    public int StockHours { get; init; } = 24;

    /// <summary>Least discount of a bundle on the sum of its prices: 0.15 to 0.25.</summary>
    public decimal MinDiscount { get; init; } = LeastDiscount;

    /// <summary>Most discount of a bundle: 0.15 to 0.25.</summary>
    public decimal MaxDiscount { get; init; } = MostDiscount;

    /// <summary>Share of its products' margin that a bundle gives away, within the bounds: 0 to 1.</summary>
    public decimal MarginGiven { get; init; } = 1m / 3;

    /// <summary>Least margin a bundle must keep, as a share of its price: 0 to 0.95.</summary>
    public decimal MarginFloor { get; init; } = 0.2m;

    /// <summary>Margin, as a share of the price, of products whose cost isn't known: 0 to 1. Null: such products are in no bundle.</summary>
    public decimal? AssumedMargin { get; init; }

    /// <summary>Most products in a bundle: 2 to 4.</summary>
    public int MaxBundleSize { get; init; } = MostProducts;

    /// <summary>Most bundles offered: 1 to 1,000.</summary>
    public int MaxBundles { get; init; } = 100;

    /// <summary>Most bundles that hold the same product: 1 to 100.</summary>
    public int MaxBundlesPerProduct { get; init; } = 2;

    /// <summary>The cart total from which the threshold is in reach.</summary>
    public decimal CartFrom { get; init; } = 75;

    /// <summary>The cart total up to which a product is suggested.</summary>
    public decimal CartTo { get; init; } = 95;

    /// <summary>What a cart must come above, e.g. for free shipping.</summary>
    public decimal CartThreshold { get; init; } = 100;

    /// <summary>Most a suggestion may carry the cart above the threshold, as a share of it: 0.01 to 10.</summary>
    public decimal MostOvershoot { get; init; } = 0.5m;

    /// <summary>Every mistake, by the name of its setting; empty when all is well.</summary>
    public IReadOnlyDictionary<string, string[]> Validate()
    {
        var errors = new Dictionary<string, string[]>();
        Check("prior_price_days", PriorPriceDays is >= 30 and <= 365, "must be from 30 to 365: the law says at least 30");
        Check("new_goods_days", NewGoodsDays is >= 1 and <= 30, "must be from 1 to 30");
        Check("spend_days", SpendDays is >= 1 and <= 365, "must be from 1 to 365");
        Check("alternative_days", AlternativeDays is >= 1 and <= 365, "must be from 1 to 365");
        Check("work_days", WorkDays is >= 1 and <= 365, "must be from 1 to 365");
        Check("most_payback_days", MostPaybackDays is >= 1 and <= 1095, "must be from 1 to 1095");
        Check("stock_hours", StockHours is >= 1 and <= 168, "must be from 1 to 168");
        Check("min_discount", MinDiscount is >= LeastDiscount and <= MostDiscount, "must be a share from 0.15 to 0.25");
        Check("max_discount", MaxDiscount <= MostDiscount && MaxDiscount >= MinDiscount, "must be a share from min_discount to 0.25");
        Check("margin_given", MarginGiven is >= 0 and <= 1, "must be a share from 0 to 1");
        Check("margin_floor", MarginFloor is >= 0 and <= 0.95m, "must be a share from 0 to 0.95");
        Check("assumed_margin", AssumedMargin is null or (>= 0 and <= 1), "must be a share from 0 to 1, or left out");
        Check("max_bundle_size", MaxBundleSize is >= LeastProducts and <= MostProducts, "must be from 2 to 4");
        Check("max_bundles", MaxBundles is >= 1 and <= 1000, "must be from 1 to 1000");
        Check("max_bundles_per_product", MaxBundlesPerProduct is >= 1 and <= 100, "must be from 1 to 100");
        Check("cart_from", CartFrom >= 0 && CartFrom <= CartTo, "must be from 0 to cart_to");
        Check("cart_to", CartTo <= CartThreshold, "must be at most cart_threshold");
        Check("most_overshoot", MostOvershoot is >= 0.01m and <= 10, "must be from 0.01 to 10");
        return errors;

        void Check(string name, bool valid, string message)
        {
            if (!valid)
            {
                errors[name] = [message];
            }
        }
    }
}
