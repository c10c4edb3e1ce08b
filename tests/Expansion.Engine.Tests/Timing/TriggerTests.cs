using Expansion.Engine.Offers;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Rules;
using Expansion.Engine.Timing.Signals;
using static Expansion.Engine.Tests.Timing.Given;

namespace Expansion.Engine.Tests.Timing;

/// <summary>The ten triggers against <see cref="TriggerSpecification"/>. Every story is also told with each signal twice, and backwards, and must come to the same.</summary>
public sealed class TriggerTests
{
    public static TheoryData<string, Aspect, string, bool> Cases => Line.Cases(TriggerSpecification.Lines);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Read_Story_FiresAsSpecified(string trigger, Aspect aspect, string what, bool expected)
    {
        var story = TriggerSpecification.Lines.Single(line => line.Name == trigger && line.What == what).Story;

        var reading = Read(trigger, story);

        Assert.True(expected == reading.Fired, $"{aspect}: {reading.Reason}");
        Assert.Equal(reading, Read(trigger, [.. story, .. story]));
        Assert.Equal(reading, Read(trigger, [.. story.Reverse()]));
    }

    [Fact]
    public void All_AreTen_WithNamesOfTheirOwn_EachSpecifiedInEveryAspect()
    {
        Assert.Equal(10, TimingTriggers.All.Select(trigger => trigger.Name).Distinct().Count());
        Assert.All(TimingTriggers.All, trigger => Assert.Empty(Line.Missing(TriggerSpecification.Lines, trigger.Name)));
    }

    [Fact]
    public void Read_AnyTwoMomentsAtOnce_BothFire()
    {
        foreach (var (one, other) in Plain.SelectMany(one => Plain.Where(other => other != one), (one, other) => (one, other)))
        {
            var reading = Read(one.Name, [.. one.Story, .. other.Story]);

            Assert.True(reading.Fired, $"{one.Name} with {other.Name}: {reading.Reason}");
        }
    }

    [Fact]
    public void Read_MomentSpokenAbout_IsNoOccasionAgain_HoweverOftenItIsTold()
    {
        foreach (var line in Plain)
        {
            var trigger = Trigger(line.Name);
            var context = Seasonal(trigger.Touchpoints[0], line.Story);
            var occasion = Assert.Single(TimingEvaluator.Read(context, RuleSet.None).Occasions, occasion => occasion.Name == line.Name);
            var made = new MadeOffer("1", Now, OfferKind.CrossSell, "filters", "filters", context.Touchpoint, new(ValueProposition.Convenience, PricingFrame.Plain, line.Name), occasion.Key);
            var told = context with { Customer = Customer([.. line.Story, .. line.Story]) with { Offers = new OfferFacts().With(made) } };

            Assert.DoesNotContain(TimingEvaluator.Read(told, RuleSet.None).Occasions, again => again.Name == line.Name);
        }
    }

    [Fact]
    public void Read_UseWithoutAWordOnTheAllowance_IsNoNewMomentOfThePlansLimit()
    {
        var told = new UsageRecorded("calls", 1, 90, 100) { Id = "", Customer = Ann, At = Now }.Ago(6);
        var since = new UsageRecorded("calls", 1) { Id = "", Customer = Ann, At = Now }.Ago(0);
        var later = Context(Touchpoint.InApp, told, since) with { Now = Now.AddDays(0.5) };

        Assert.Equal(Now.AddDays(1), Trigger("plan_limit").Read(later).TimelyUntil);
    }

    [Fact]
    public void Read_TooEarlyAfterAPurchase_SaysWhenToLookAgain()
    {
        Assert.Equal(Now.AddDays(2), Read("post_purchase", TriggerSpecification.Bought(5)).AgainAt);
    }

    [Fact]
    public void Read_PurchaseBeforeTheClocksChange_ComesAtTheSameHourOfTheShop()
    {
        // Berlin goes to summer time on 29 March 2026.
        var order = Order("o", "beans") with { At = new(2026, 3, 25, 9, 0, 0, TimeSpan.Zero), Id = "o" };
        var context = Context(Touchpoint.PostPurchaseEmail, order) with { Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), Now = order.At.AddDays(1) };

        Assert.Equal(new DateTimeOffset(2026, 4, 1, 8, 0, 0, TimeSpan.Zero), Trigger("post_purchase").Read(context).AgainAt);
    }

    [Fact]
    public void Read_BornOn29February_IsCelebratedOnThe28th()
    {
        var order = Order("o", "beans") with { At = new(2024, 2, 29, 9, 0, 0, TimeSpan.Zero), Id = "o" };
        var context = Context(Touchpoint.AccountPage, order) with { Now = new(2026, 2, 28, 9, 0, 0, TimeSpan.Zero) };

        Assert.True(Trigger("purchase_anniversary").Read(context).Fired);
    }

    [Theory]
    [InlineData(17, false)]
    [InlineData(18, true)]
    public void Read_SeasonOfNextMonth_FiresTwoWeeksAhead(int day, bool expected)
    {
        var context = Context(Touchpoint.AccountPage, TriggerSpecification.Bought(200, "april")) with
        {
            Shop = ShopFacts.None with { Seasons = [new("April things", 4, 2, [new("april")])] },
            Now = new(2026, 3, day, 12, 0, 0, TimeSpan.Zero),
        };

        Assert.Equal(expected, Trigger("season").Read(context).Fired);
    }

    [Fact]
    public void Read_NothingBoughtHasASeasonYet_IsLookedAtAgainNextMonth()
    {
        Assert.Equal(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero), Read("season", TriggerSpecification.Bought(200, "mug")).AgainAt);
        Assert.Null(Read("season").AgainAt);
    }

    private static IEnumerable<Line> Plain => TriggerSpecification.Lines.Where(line => line.Aspect == Aspect.Plain);

    private static TriggerReading Read(string trigger, params IEnumerable<Signal> story) => Trigger(trigger).Read(Seasonal(Touchpoint.CartPage, story));

    private static ITimingTrigger Trigger(string name) => TimingTriggers.All.Single(trigger => trigger.Name == name);

    private static TimingContext Seasonal(Touchpoint place, params IEnumerable<Signal> story) => Context(place, story) with
    {
        Shop = ShopFacts.None with
        {
            Seasons =
            [
                new("March things", 3, 2, [new("march")]),
                new("Half as much again", 3, 1.5, [new("march half")]),
                new("A little less", 3, 1.49, [new("march less")]),
                new("April things", 4, 2, [new("april")]),
            ],
        },
    };
}
