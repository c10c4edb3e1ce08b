using System.Text.Json;
using Expansion.Engine.Offers;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Rules;
using Expansion.Engine.Timing.Signals;
using static Expansion.Engine.Tests.Timing.Given;

namespace Expansion.Engine.Tests.Timing.Rules;

public sealed class RuleTests
{
    [Fact]
    public void Examples_AreTheMethodsFour_AsSentences()
    {
        Assert.Equal(
            [
                "When the customer has bought A, recommend B.",
                "When the plan is Basic and the number of uses of X in the last 30 days is above 10, recommend the plan Pro.",
                "When the number of days to renewal is at most 30 and the change of use in the last 30 days, in percent, is at least 20, recommend paying by the year.",
                "When the worth of the cart is between 75 and 95, recommend products that bring the cart to 100.",
            ],
            RuleExamples.All.Select(rule => rule.Sentence));
    }

    [Theory]
    [InlineData(10, null)]
    [InlineData(11, "Pro")]
    public void BasicAndFeatureXUsedMoreThan10Times_RecommendsPro(int uses, string? expected)
    {
        var story = new Signal[]
        {
            new SubscriptionStarted(Basic) { Id = "s", Customer = Ann, At = Now.AddDays(-90) },
            new FeatureUsed("X", uses) { Id = "x", Customer = Ann, At = Now.AddDays(-1) },
            new UsageRecorded("calls", 1, 75, 100) { Id = "u", Customer = Ann, At = Now.AddDays(-1) },
        };

        Assert.Equal(expected, Decide("basic-and-x-to-pro", Context(Touchpoint.AccountPage, story)).Offer?.Target);
    }

    [Theory]
    [InlineData("A", "B")]
    [InlineData("C", null)]
    public void BoughtA_RecommendsB(string bought, string? expected) =>
        Assert.Equal(expected, Decide("bought-a-then-b", Context(Touchpoint.ProductPage, Order("o", bought).Ago(3))).Offer?.Target);

    [Theory]
    [InlineData(30, 120, true)]
    [InlineData(30.1, 120, false)]
    [InlineData(30, 119, false)]
    public void RenewsWithin30DaysAndUsageUp20Percent_RecommendsAnnual(double renewsIn, double used, bool expected)
    {
        var story = new Signal[]
        {
            new SubscriptionStarted(Basic, Now.AddDays(renewsIn)) { Id = "s", Customer = Ann, At = Now.AddDays(-90) },
            new UsageRecorded("calls", 100) { Id = "u1", Customer = Ann, At = Now.AddDays(-40) },
            new UsageRecorded("calls", used) { Id = "u2", Customer = Ann, At = Now.AddDays(-5) },
        };

        Assert.Equal(expected, Decide("renewal-and-growth-to-annual", Context(Touchpoint.AccountPage, story)).Offer?.Kind == OfferKind.Annual);
    }

    [Theory]
    [InlineData(74.99, null)]
    [InlineData(75, "apron")]
    [InlineData(90, "filters")]
    [InlineData(95, "filters")]
    [InlineData(95.01, null)]
    public void CartBetween75And95_RecommendsWhatBringsItTo100(decimal worth, string? expected)
    {
        var cart = new CartChanged(new(worth, "USD"), [new("beans")]) { Id = "c", Customer = Ann, At = Now.AddMinutes(-1) };

        // Of two that are as good the one that overshoots least: 12 is enough from 88 on, 25 from 75 on.
        var decision = Decide("cart-to-100", Context(Touchpoint.CartPage, cart), Filters, Filters with { Target = "apron", Price = new(25, "USD") });

        Assert.Equal(expected, decision.Offer?.Target);
    }

    [Theory]
    [InlineData("""{"id":"r","then":{"recommend_plan":"Pro"}}""", "$.when", "is missing")]
    [InlineData("""{"id":"R!","when":{"fact":"plan","is":"x"},"then":{"recommend_plan":"Pro"}}""", "$.id", "must be 1 to 64 of a-z, 0-9 and hyphens")]
    [InlineData("""{"id":"r","whn":1,"when":{"fact":"plan","is":"x"},"then":{"recommend_plan":"Pro"}}""", "$.whn", "is not known; there are id, name, enabled, touchpoints, when, then")]
    [InlineData("""{"id":"r","when":{"all":[{"fact":"plan","is":"x"},{"fact":"pln","is":"x"}]},"then":{"recommend_plan":"Pro"}}""", "$.when.all[1].fact", "must be one of")]
    [InlineData("""{"id":"r","when":{"not":{"fact":"plan","above":3}},"then":{"recommend_plan":"Pro"}}""", "$.when.not.above", "is not known here; plan takes is, is_not")]
    [InlineData("""{"id":"r","when":{"fact":"feature_uses","feature":"X","above":3},"then":{"recommend_plan":"Pro"}}""", "$.when.days", "is missing")]
    [InlineData("""{"id":"r","when":{"fact":"feature_uses","feature":"X","days":500,"above":3},"then":{"recommend_plan":"Pro"}}""", "$.when.days", "must be a whole number from 1 to 120")]
    [InlineData("""{"id":"r","when":{"fact":"cart_value","between":[95,75]},"then":{"recommend_plan":"Pro"}}""", "$.when.between", "must be a list of two numbers, the lower one first")]
    [InlineData("""{"id":"r","when":{"fact":"cart_value"},"then":{"recommend_plan":"Pro"}}""", "$.when", "must say one of above, at_least, below, at_most, between")]
    [InlineData("""{"id":"r","when":{"fact":"cart_value","above":1,"below":2},"then":{"recommend_plan":"Pro"}}""", "$.when.below", "is a second comparison; nest two tests in all")]
    [InlineData("""{"id":"r","when":{"any":[]},"then":{"recommend_plan":"Pro"}}""", "$.when.any", "must be a list of 1 to 20 conditions")]
    [InlineData("""{"id":"r","when":{"fact":"plan","is":"x"},"then":{"run":"rm -rf"}}""", "$.then", "must be an object with one of recommend_product, recommend_plan, annual_upgrade, reach_cart_total")]
    [InlineData("""{"id":"r","when":{"fact":"plan","is":"x"},"then":{"reach_cart_total":-1}}""", "$.then.reach_cart_total", "must be a number above 0")]
    [InlineData("""{"id":"r","touchpoints":["moon"],"when":{"fact":"plan","is":"x"},"then":{"recommend_plan":"Pro"}}""", "$.touchpoints", "must be a list of")]
    [InlineData("[]", "$", "must be an object with id, when and then")]
    public void Parse_Mistake_IsNamedWithItsPath(string document, string path, string reason)
    {
        using var json = JsonDocument.Parse(document);
        var (rule, errors) = RuleParser.Parse(json.RootElement);

        Assert.Null(rule);
        var error = Assert.Single(errors);
        Assert.Equal(path, error.Path);
        Assert.StartsWith(reason, error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_NestedTooDeep_IsRefused()
    {
        var when = string.Concat(Enumerable.Repeat("""{"not":""", 9)) + """{"fact":"plan","is":"x"}""" + new string('}', 9);
        using var json = JsonDocument.Parse("""{"id":"r","then":{"annual_upgrade":true},"when":""" + when + "}");

        Assert.Equal("is nested more than 8 deep", Assert.Single(RuleParser.Parse(json.RootElement).Errors).Reason);
    }

    [Fact]
    public void Sentence_NestedConditions_CanBeReadOneWayOnly()
    {
        var rule = Rule.Read(
            """{"id":"r","when":{"all":[{"any":[{"fact":"plan","is":["Basic","Growth"]},{"fact":"bought","product":"A","days":9,"is":false}]},{"not":{"fact":"health","below":50}}]},"then":{"annual_upgrade":true}}""", 1);

        Assert.Equal("When (the plan is Basic or Growth or it is not so that the customer has bought A in the last 9 days) and it is not so that health is below 50, recommend paying by the year.", rule.Sentence);
    }

    private static Decision Decide(string rule, TimingContext context, params Candidate[] candidates)
    {
        context = context with { Settings = context.Settings with { TriggersOff = [.. TimingTriggers.All.Select(trigger => trigger.Name)] } };
        var rules = RuleSet.Of(RuleExamples.All.Where(known => known.Id == rule).Select(known => known with { Enabled = true }));
        return OfferDecider.Decide(context, TimingEvaluator.Read(context, rules), candidates, DecisionSources.None);
    }
}
