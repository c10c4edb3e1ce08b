using Expansion.Engine.Offers;
using Expansion.Engine.Offers.Pricing.Anchors;
using Expansion.Engine.Offers.Pricing.Incentives;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Rules;
using static Expansion.Engine.Tests.Timing.Given;

namespace Expansion.Engine.Tests.Offers;

public sealed class ArmSettingsTests
{
    [Fact]
    public void With_TimingOfTheArm_ReplacesTheShops()
    {
        var settings = TimingSettings.Default.With(Arm(("delay_days", "10"), ("hour", "11"), ("trigger", "post_purchase")));

        Assert.Equal((10, 11), (settings.PostPurchase.AfterDays, settings.Manners.SendFromHour));
        Assert.Equal(9, settings.TriggersOff.Count);
        Assert.DoesNotContain("post_purchase", settings.TriggersOff);
    }

    [Theory]
    [InlineData("delay_days", "61")]
    [InlineData("delay_days", "soon")]
    [InlineData("hour", "18")]
    [InlineData("trigger", "moon")]
    [InlineData("layout", "wide")]
    public void With_OutOfBoundsOrOfAnother_ChangesNothing(string name, string value)
    {
        Assert.Equal(TimingSettings.Default.Validate(), TimingSettings.Default.With(Arm((name, value))).Validate());
        Assert.Equal((7, 9, 0), (TimingSettings.Default.With(Arm((name, value))) is var same ? (same.PostPurchase.AfterDays, same.Manners.SendFromHour, same.TriggersOff.Count) : default));
    }

    [Theory]
    [InlineData("10", 0.1)]
    [InlineData("0", null)]
    [InlineData("100", null)]
    [InlineData("x", null)]
    public void Incentive_DiscountOfTheArm_IsAShareOfThePrice(string percent, double? share)
    {
        Assert.Equal((decimal?)share, (Arm(("discount_percent", percent)).Incentive() as Incentive.Percentage)?.Share);
    }

    [Fact]
    public void With_AnchorOfTheArm_LeavesTheOthersOut()
    {
        var facts = new AnchorFacts("Pro", new(50, "USD")) { Spend = new(new(29, "USD"), Now), Work = new("orders", 500, 3, null, Now) };

        Assert.Null(facts.With(Arm(("anchor", "none"))));
        Assert.Equal((true, false), (facts.With(Arm(("anchor", "current_spend"))) is var only ? (only?.Spend is not null, only?.Work is not null) : default));
        Assert.Equal(facts, facts.With(Arm()));
    }

    [Fact]
    public void Read_Holdout_IsSilent()
    {
        var context = Context(Touchpoint.CartPage) with { Arm = new("copy", "holdout", 0.1) { Holdout = true } };

        Assert.Equal("The customer is in the holdout of the experiment copy: shown no offer at all.", Assert.Single(TimingEvaluator.Read(context, RuleSet.None).Suppressions).Reason);
    }

    private static ExperimentArm Arm(params (string Name, string Value)[] settings) => new("test", "b", 0.5) { Settings = settings.ToDictionary(setting => setting.Name, setting => setting.Value) };
}
