using Expansion.Engine.Offers;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Signals;
using static Expansion.Engine.Tests.Timing.Given;

namespace Expansion.Engine.Tests.Timing;

public sealed class ThrottleTests
{
    private static readonly ThrottleOptions Options = new();

    // The lower ends by Wilson's formula, worked out by hand: z = 1.645; 3 of 3 gives 3 / (3 + z²) = 0.526.
    [Theory]
    [InlineData(1, 1, 0, 0, null)]
    [InlineData(3, 3, 0, 0, 0.5)]
    [InlineData(100, 58, 0, 0, null)]
    [InlineData(100, 59, 0, 0, 0.5)]
    [InlineData(1000, 0, 8, 0, null)]
    [InlineData(1000, 0, 12, 0, 0.5)]
    [InlineData(1000, 0, 40, 0, 0.125)]
    [InlineData(1000, 0, 0, 15, null)]
    [InlineData(1000, 0, 0, 17, 0.5)]
    [InlineData(0, 0, 0, 0, null)]
    public void Of_Answers_ThrottlesWhatIsSurelyAboveItsBound(long shown, long dismissed, long complained, long optedOut, double? share)
    {
        var throttle = Throttle.Of("offer:filters", new(shown, dismissed, complained, optedOut, 0), Options);

        Assert.Equal(share, throttle?.Share);
    }

    [Fact]
    public void Of_MoreAnswersThanShown_CountsAsAll()
    {
        Assert.Equal(0.5, Throttle.Of("offer:filters", new(5, 9, 0, 0, 0), Options)?.Share);
    }

    [Fact]
    public void Of_Throttled_SaysWhyWithTheNumbers()
    {
        var reason = Throttle.Of("touchpoint:cart_page", new(1000, 0, 12, 0, 0), Options)!.Reason;

        Assert.StartsWith("touchpoint:cart_page was complained about 12 times of 1000, surely more often than in 0.7", reason, StringComparison.Ordinal);
        Assert.EndsWith("where 0.50 % is tolerated: it is used less.", reason.Replace("0.50%", "0.50 %", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void AnswersOf_Signals_CountUnderTouchpointOfferAndChangeOfAngle_EachOnce()
    {
        var first = new MadeOffer("1", Now.AddDays(-90), OfferKind.CrossSell, "filters", "filters", Touchpoint.CartPage, new(ValueProposition.Convenience, PricingFrame.Plain, "cart_page"), "a");
        var second = first with { Id = "2", At = Now.AddDays(-1), Angle = first.Angle with { Frame = PricingFrame.PerDay } };
        var before = Customer() with { Offers = new OfferFacts().With(first).With(second) };
        before = before.With(new OfferDismissed { Id = "no", Customer = Ann, At = Now.AddDays(-89), Offer = "1" }, TimeZoneInfo.Utc);
        Signal[] signals =
        [
            new OfferImpression { Id = "i", Customer = Ann, At = Now, Offer = "2" },
            new OfferImpression { Id = "i", Customer = Ann, At = Now, Offer = "2" },
            new OfferDismissed { Id = "no", Customer = Ann, At = Now.AddDays(-89), Offer = "1" },
            new OfferConverted { Id = "c", Customer = Ann, At = Now, Offer = "2" },
            new OfferConverted { Id = "x", Customer = Ann, At = Now, Offer = "unknown" },
        ];

        var counts = Answers.Of(before, signals);

        Assert.Equal(["angle:Convenience,Plain,Convenience,PerDay", "offer:filters", "touchpoint:cart_page"], counts.Keys.Order(StringComparer.Ordinal));
        Assert.All(counts.Values, count => Assert.Equal(new AnswerCounts(1, 0, 0, 0, 1), count));
        Assert.Equal(new AngleRecord(ValueProposition.Convenience, PricingFrame.Plain, ValueProposition.Convenience, PricingFrame.PerDay, 1, 1), AngleRecord.Of(counts.Keys.Single(key => key.StartsWith("angle", StringComparison.Ordinal)), counts.Values.First()));
    }
}
