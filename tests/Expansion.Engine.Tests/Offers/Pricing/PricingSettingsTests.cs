using Expansion.Engine.Offers.Pricing;

namespace Expansion.Engine.Tests.Offers.Pricing;

public sealed class PricingSettingsTests
{
    [Fact]
    public void Validate_Defaults_AreValid() => Assert.Empty(new PricingSettings().Validate());

    public static TheoryData<PricingSettings, string> Mistakes => new()
    {
        { new() { PriorPriceDays = 29 }, "prior_price_days" },
        { new() { NewGoodsDays = 31 }, "new_goods_days" },
        { new() { SpendDays = 0 }, "spend_days" },
        { new() { AlternativeDays = 366 }, "alternative_days" },
        { new() { WorkDays = 0 }, "work_days" },
        { new() { MostPaybackDays = 1096 }, "most_payback_days" },
        { new() { StockHours = 0 }, "stock_hours" },
        { new() { MinDiscount = 0.14m }, "min_discount" },
        { new() { MaxDiscount = 0.26m }, "max_discount" },
        { new() { MinDiscount = 0.2m, MaxDiscount = 0.19m }, "max_discount" },
        { new() { MarginGiven = 1.01m }, "margin_given" },
        { new() { MarginFloor = 0.96m }, "margin_floor" },
        { new() { AssumedMargin = -0.01m }, "assumed_margin" },
        { new() { MaxBundleSize = 5 }, "max_bundle_size" },
        { new() { MaxBundleSize = 1 }, "max_bundle_size" },
        { new() { MaxBundles = 1001 }, "max_bundles" },
        { new() { MaxBundlesPerProduct = 0 }, "max_bundles_per_product" },
        { new() { CartFrom = 96 }, "cart_from" },
        { new() { CartTo = 101 }, "cart_to" },
        { new() { MostOvershoot = 0 }, "most_overshoot" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Validate_OutOfRange_NamesTheSetting(PricingSettings settings, string name) => Assert.Equal([name], settings.Validate().Keys);
}
