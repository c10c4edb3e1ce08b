using Expansion.Engine.Offers.Pricing.Plans;

namespace Expansion.Engine.Tests.Offers.Pricing.Plans;

public sealed class LadderTests
{
    private static readonly Plan Basic = new("basic", "Basic", Usd(29)) { Features = ["reports"], Limits = Users(2), MonthlyCost = Usd(9), Annual = Usd(290), Customers = 60 };
    private static readonly Plan Growth = new("growth", "Growth", Usd(79)) { Features = ["reports", "automation", "api"], Limits = Users(10), MonthlyCost = Usd(15), Customers = 30 };
    private static readonly Plan Pro = new("pro", "Pro", Usd(149)) { Features = ["reports", "automation", "api", "sso"], Limits = Users(null), MonthlyCost = Usd(30), Customers = 10 };

    /// <summary>The method's own ladder: $149 makes $79 the reasonable middle.</summary>
    [Fact]
    public void Of_TwentyNineSeventyNineOneFortyNine_MakesSeventyNineTheCompromise()
    {
        var analysis = LadderAnalysis.Of(new([Pro, Basic, Growth]));

        Assert.Equal("growth", analysis.Target);
        var effect = Assert.Single(analysis.Effects);
        Assert.Equal((ContextEffect.Compromise, "growth", "pro", "basic"), (effect.Effect, effect.Target, effect.Decoy, effect.Competitor));
        Assert.Equal("Growth is the middle: it gives more than Basic and costs less than Pro.", effect.Reason);
    }

    [Fact]
    public void Of_TheLadder_TellsRatiosValueShareAndMargin()
    {
        var rungs = LadderAnalysis.Of(new([Pro, Basic, Growth])).Rungs;

        Assert.Equal([null, 2.72m, 1.89m], rungs.Select(rung => rung.RatioToPrevious is { } ratio ? decimal.Round(ratio, 2) : (decimal?)null));
        Assert.Equal([29m, 26.33m, 37.25m], rungs.Select(rung => decimal.Round(rung.PricePerFeature!.Value, 2)));
        Assert.Equal([null, 25m, 70m], rungs.Select(rung => rung.PricePerAddedFeature));
        Assert.Equal([0.6, 0.3, 0.1], rungs.Select(rung => rung.Share!.Value));
        Assert.Equal([Usd(20), Usd(64), Usd(119)], rungs.Select(rung => rung.Margin!.Value));
        Assert.Equal(1m / 6, rungs[0].AnnualDiscount!.Value, 10);
    }

    /// <summary>Print for $125 beside web for $59 and both for $125: the subscription that Huber, Payne and Puto's effect is best known by.</summary>
    [Fact]
    public void Of_AnOptionWorseThanTheTargetOnly_FindsAsymmetricDominance()
    {
        var web = new Plan("web", "Web", Usd(59)) { Features = ["web"] };
        var print = new Plan("print", "Print", Usd(125)) { Features = ["print"] };
        var both = new Plan("both", "Print and web", Usd(125)) { Features = ["web", "print"] };

        var effect = Assert.Single(LadderAnalysis.Of(new([web, print, both], "both")).Effects);

        Assert.Equal((ContextEffect.AsymmetricDominance, "print", "web"), (effect.Effect, effect.Decoy, effect.Competitor));
    }

    [Fact]
    public void Of_APlanWorseThanAllOthers_HasNoEffect()
    {
        var useless = new Plan("useless", "Useless", Usd(160)) { Features = ["reports"], Limits = Users(1) };

        Assert.DoesNotContain(LadderAnalysis.Of(new([Basic, Growth, useless], "growth")).Effects, effect => effect.Effect == ContextEffect.AsymmetricDominance);
    }

    [Fact]
    public void Target_WithoutAName_IsAboveWhereMostCustomersAre()
    {
        Assert.Equal("pro", new PlanLadder([Basic with { Customers = 1 }, Growth with { Customers = 9 }, Pro with { Customers = 50 }]).Target()?.Id);
        Assert.Equal("growth", new PlanLadder([Basic with { Customers = 0 }, Growth with { Customers = 0 }, Pro with { Customers = 0 }]).Target()?.Id);
        Assert.Null(new PlanLadder([Basic]).Target());
        Assert.Null(new PlanLadder([]).Target());
    }

    [Fact]
    public void For_TopPlanNotShown_SuggestsShowingIt()
    {
        var ladder = new PlanLadder([Basic, Growth, Pro with { Shown = false }], "growth");

        var suggestion = LadderSuggestion.For(ladder, new());

        Assert.Equal(["basic", "growth", "pro"], suggestion.Plans);
        Assert.Equal("growth", suggestion.Highlight);
        Assert.Equal(
            [("control", "basic,growth"), ("suggested", "basic,growth,pro"), ("suggested_dearest_first", "pro,growth,basic")],
            suggestion.Variations(ladder).Select(variation => (variation.Name, variation.Settings["plans"])));
        Assert.Equal("growth", suggestion.Variations(ladder)[1].Settings["highlight"]);
    }

    [Fact]
    public void For_OnlyDecoyNotOnSale_SuggestsNothing()
    {
        var suggestion = LadderSuggestion.For(new([Basic, Growth, Pro with { OnSale = false }], "growth"), new());

        Assert.Empty(suggestion.Plans);
        Assert.Empty(suggestion.Variations(new([Basic, Growth])));
        Assert.Equal("No set of up to 3 plans on sale with prices 1.2 to 5 times the one below makes Growth look better.", suggestion.Reason);
    }

    [Fact]
    public void For_PriceTooFarAbove_KeepsToTheBounds() =>
        Assert.Empty(LadderSuggestion.For(new([Basic, Growth, Pro with { Monthly = Usd(400) }], "growth"), new()).Plans);

    [Fact]
    public void For_ManyPlans_ChoosesOnlyFromThoseOnSaleAndAlwaysTheTarget()
    {
        var plans = Enumerable.Range(1, 50).Select(number => new Plan($"p{number:00}", $"P{number}", Usd(10 * number)) { Limits = Users(number), OnSale = number % 3 != 0 }).ToList();

        var suggestion = LadderSuggestion.For(new(plans, "p20"), new() { MostPlans = 4 });

        Assert.Contains("p20", suggestion.Plans);
        Assert.InRange(suggestion.Plans.Count, 3, 4);
        Assert.All(suggestion.Plans, id => Assert.True(plans.Single(plan => plan.Id == id).OnSale));
    }

    [Fact]
    public void Validate_EveryMistake_IsNamed() =>
        Assert.Equal(
            ["plans[0].annual", "plans[1].customers", "plans[1].id", "plans[1].limits", "plans[1].monthly", "plans[1].name", "target_id"],
            new PlanLadder([Basic with { Annual = new(290, "EUR") }, new("", " ", new(1, "EUR")) { Customers = -1, Limits = Users(-1) }], "gone").Validate().Keys.Order(StringComparer.Ordinal));

    private static Dictionary<string, decimal?> Users(decimal? limit) => new() { ["users"] = limit };

    private static Money Usd(decimal amount) => new(amount, "USD");
}
