using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Signals;
using static Expansion.Engine.Tests.Timing.Given;
using Story = System.Collections.Generic.IReadOnlyList<Expansion.Engine.Timing.Signals.Signal>;

namespace Expansion.Engine.Tests.Timing;

/// <summary>
/// The specification of the ten triggers: what happened, and whether the trigger fires on Tuesday noon. Every story is also told with each signal twice, and backwards,
/// and must come to the same.
/// </summary>
public sealed class TriggerTests
{
    private const bool Fires = true, Silent = false;

    private static readonly (string Trigger, string What, bool Expected, Story Story)[] Specification =
    [
        // Plan limit approaching: 80 % of an allowance, told in the last 7 days.
        ("plan_limit", "four fifths used", Fires, [Use(80, 100).Ago(1)]),
        ("plan_limit", "just less than four fifths used", Silent, [Use(79.9, 100).Ago(1)]),
        ("plan_limit", "told 7 days ago to the second", Fires, [Use(90, 100).Ago(7)]),
        ("plan_limit", "told a little more than 7 days ago", Silent, [Use(90, 100).Ago(7.001)]),
        ("plan_limit", "a newer word says that less is used", Silent, [Use(90, 100).Ago(2), Use(10, 100).Ago(1)]),
        ("plan_limit", "the limit was reached after the last word", Fires, [Use(10, 100).Ago(2), new LimitReached("calls") { Id = "", Customer = Ann, At = Now }.Ago(1)]),
        ("plan_limit", "the last word is newer than the limit reached", Silent, [new LimitReached("calls") { Id = "", Customer = Ann, At = Now }.Ago(2), Use(10, 100).Ago(1)]),
        ("plan_limit", "no allowance to use up", Silent, [new UsageRecorded("calls", 5) { Id = "", Customer = Ann, At = Now }.Ago(1)]),
        ("plan_limit", "an allowance of nothing", Silent, [Use(5, 0).Ago(1)]),

        // Feature milestone: three quarters of the plan's four features, reached in the last 7 days.
        ("feature_milestone", "three of four", Fires, [Start, Feature("a", 30), Feature("b", 20), Feature("c", 1)]),
        ("feature_milestone", "two of four", Silent, [Start, Feature("a", 30), Feature("b", 1)]),
        ("feature_milestone", "the third is none of the plan's", Silent, [Start, Feature("a", 30), Feature("b", 20), Feature("z", 1)]),
        ("feature_milestone", "reached 7 days ago to the second", Fires, [Start, Feature("a", 30), Feature("b", 20), Feature("c", 7)]),
        ("feature_milestone", "reached longer ago", Silent, [Start, Feature("a", 30), Feature("b", 20), Feature("c", 7.001), new FeatureUsed("c") { Id = "", Customer = Ann, At = Now }.Ago(1)]),
        ("feature_milestone", "what the plan has isn't known", Silent, [Feature("a", 30), Feature("b", 20), Feature("c", 1)]),

        // Positive support resolution: satisfaction 4 of 5, in the last 3 days.
        ("support_resolution", "solved and happy", Fires, [Ticket(5), Solved(1, 4)]),
        ("support_resolution", "solved, so-so", Silent, [Ticket(5), Solved(1, 3)]),
        ("support_resolution", "solved, nobody said how well", Silent, [Ticket(5), Solved(1, null)]),
        ("support_resolution", "solved 3 days ago to the second", Fires, [Ticket(5), Solved(3, 5)]),
        ("support_resolution", "solved longer ago", Silent, [Ticket(5), Solved(3.001, 5)]),
        ("support_resolution", "reopened since", Silent, [Ticket(5), Solved(2, 5), new TicketReopened("t") { Id = "", Customer = Ann, At = Now }.Ago(1)]),

        // Purchase anniversary: the day and the two after it.
        ("purchase_anniversary", "a year ago today", Fires, [Bought(365)]),
        ("purchase_anniversary", "a year ago tomorrow", Silent, [Bought(364)]),
        ("purchase_anniversary", "a year and two days ago", Fires, [Bought(367)]),
        ("purchase_anniversary", "a year and three days ago", Silent, [Bought(368)]),
        ("purchase_anniversary", "bought today", Silent, [Bought(0)]),
        ("purchase_anniversary", "the subscription is older than the first order", Fires, [Start with { At = Now.AddDays(-730) }, Bought(100)]),

        // High-usage week: three robust deviations, and 30 %, above the customer's own eight weeks before.
        ("high_usage_week", "half as much again", Fires, Weeks(150, 100, 100, 100, 100, 100, 100, 100, 100)),
        ("high_usage_week", "30 % more to the unit", Fires, Weeks(130, 100, 100, 100, 100, 100, 100, 100, 100)),
        ("high_usage_week", "a little less than 30 % more", Silent, Weeks(129, 100, 100, 100, 100, 100, 100, 100, 100)),
        ("high_usage_week", "as much as a noisy customer often uses", Silent, Weeks(150, 100, 60, 140, 80, 120, 100, 70, 130)),
        ("high_usage_week", "one odd week before hides nothing", Fires, Weeks(150, 100, 100, 5000, 100, 100, 100, 100, 100)),
        ("high_usage_week", "four weeks before are enough", Fires, Weeks(150, 100, 100, 100, 100)),
        ("high_usage_week", "three weeks before aren't", Silent, Weeks(150, 100, 100, 100)),
        ("high_usage_week", "a limit reached, and no word on use", Silent, [new LimitReached("calls") { Id = "", Customer = Ann, At = Now }.Ago(1)]),
        ("high_usage_week", "nothing used", Silent, Weeks(0, 0, 0, 0, 0, 0)),

        // Positive review: 4 of 5, in the last 7 days.
        ("positive_review", "four stars", Fires, [Review(4, 1)]),
        ("positive_review", "three stars", Silent, [Review(3, 1)]),
        ("positive_review", "7 days ago to the second", Fires, [Review(5, 7)]),
        ("positive_review", "longer ago", Silent, [Review(5, 7.001)]),
        ("positive_review", "a worse one since", Silent, [Review(5, 3), Review(1, 1)]),

        // Cart page: something in a cart that was changed in the last hour.
        ("cart_page", "something in it", Fires, [Cart(20, 0.01, "beans")]),
        ("cart_page", "emptied since", Silent, [Cart(20, 0.02, "beans"), Cart(0, 0.01)]),
        ("cart_page", "an hour ago to the second", Fires, [Cart(20, 1 / 24.0, "beans")]),
        ("cart_page", "longer ago", Silent, [Cart(20, 1.01 / 24, "beans")]),

        // Post-purchase: from 7 days after the last order, for 3 days.
        ("post_purchase", "7 days ago to the second", Fires, [Bought(7)]),
        ("post_purchase", "a little less than 7 days ago", Silent, [Bought(6.999)]),
        ("post_purchase", "10 days ago to the second", Fires, [Bought(10)]),
        ("post_purchase", "longer ago", Silent, [Bought(10.001)]),
        ("post_purchase", "bought again since", Silent, [Bought(7), Bought(3)]),
        ("post_purchase", "cancelled since", Silent, [Bought(7), (Order("o7", "beans") with { Cancelled = true, OrderedAt = Now.AddDays(-7) }).Ago(3, "cancel")]),
        ("post_purchase", "sent back since", Silent, [Bought(7), new ProductReturned(new("beans")) { Id = "", Customer = Ann, At = Now }.Ago(3)]),

        // Health-score peak: at least 80, never higher in eight weeks, 5 above the median.
        ("health_peak", "better than ever", Fires, [Health(70, 20), Health(74, 10), Health(85, 1)]),
        ("health_peak", "80 to the point", Fires, [Health(70, 20), Health(75, 10), Health(80, 1)]),
        ("health_peak", "just below 80", Silent, [Health(60, 20), Health(70, 10), Health(79.9, 1)]),
        ("health_peak", "was higher before", Silent, [Health(70, 20), Health(86, 10), Health(85, 1)]),
        ("health_peak", "always like that", Silent, [Health(84, 20), Health(84, 10), Health(85, 1)]),
        ("health_peak", "too few scores", Silent, [Health(70, 10), Health(85, 1)]),

        // Seasonal relevance: what the customer buys sells best in March, or in the month two weeks ahead.
        ("season", "buys what has its season now", Fires, [Bought(200, "march")]),
        ("season", "buys what has its season in three weeks", Silent, [Bought(200, "april")]),
        ("season", "buys something else", Silent, [Bought(200, "mug")]),
        ("season", "sent it back", Silent, [Bought(200, "march"), new ProductReturned(new("march")) { Id = "", Customer = Ann, At = Now }.Ago(100)]),
    ];

    public static TheoryData<string, string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, bool>();
            foreach (var (trigger, what, expected, _) in Specification)
            {
                cases.Add(trigger, what, expected);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Read_Story_FiresAsSpecified(string trigger, string what, bool expected)
    {
        var story = Specification.Single(line => line.Trigger == trigger && line.What == what).Story;

        var reading = Read(trigger, story);

        Assert.True(expected == reading.Fired, reading.Reason);
        Assert.Equal(reading, Read(trigger, [.. story, .. story]));
        Assert.Equal(reading, Read(trigger, [.. story.Reverse()]));
    }

    [Fact]
    public void All_AreTen_WithNamesOfTheirOwn_EachSpecifiedBothWays()
    {
        Assert.Equal(10, TimingTriggers.All.Select(trigger => trigger.Name).Distinct().Count());
        Assert.All(TimingTriggers.All, trigger => Assert.Equal(2, Specification.Where(line => line.Trigger == trigger.Name).Select(line => line.Expected).Distinct().Count()));
    }

    [Fact]
    public void Read_AnyTwoMomentsAtOnce_BothFire()
    {
        var first = TimingTriggers.All.ToDictionary(trigger => trigger.Name, trigger => Specification.First(line => line.Trigger == trigger.Name && line.Expected).Story);
        foreach (var (one, other) in first.Keys.SelectMany(one => first.Keys.Where(other => other != one), (one, other) => (one, other)))
        {
            var reading = Read(one, [.. first[one], .. first[other]]);

            Assert.True(reading.Fired, $"{one} with {other}: {reading.Reason}");
        }
    }

    [Fact]
    public void Read_TooEarlyAfterAPurchase_SaysWhenToLookAgain()
    {
        Assert.Equal(Now.AddDays(2), Read("post_purchase", [Bought(5)]).AgainAt);
    }

    [Fact]
    public void Read_PurchaseBeforeTheClocksChange_ComesAtTheSameHourOfTheShop()
    {
        // Berlin goes to summer time on 29 March 2026.
        var order = Order("o", "beans") with { At = new(2026, 3, 25, 9, 0, 0, TimeSpan.Zero), Id = "o" };
        var context = Context(Touchpoint.PostPurchaseEmail, order) with { Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), Now = order.At.AddDays(1) };

        Assert.Equal(new DateTimeOffset(2026, 4, 1, 8, 0, 0, TimeSpan.Zero), TimingTriggers.All.Single(trigger => trigger.Name == "post_purchase").Read(context).AgainAt);
    }

    [Fact]
    public void Read_BornOn29February_IsCelebratedOnThe28th()
    {
        var order = Order("o", "beans") with { At = new(2024, 2, 29, 9, 0, 0, TimeSpan.Zero), Id = "o" };
        var context = Context(Touchpoint.AccountPage, order) with { Now = new(2026, 2, 28, 9, 0, 0, TimeSpan.Zero) };

        Assert.True(TimingTriggers.All.Single(trigger => trigger.Name == "purchase_anniversary").Read(context).Fired);
    }

    [Theory]
    [InlineData(17, false)]
    [InlineData(18, true)]
    public void Read_SeasonOfNextMonth_FiresTwoWeeksAhead(int day, bool expected)
    {
        var context = Context(Touchpoint.AccountPage, Bought(200, "april")) with
        {
            Shop = ShopFacts.None with { Seasons = [new("April things", 4, 2, [new("april")])] },
            Now = new(2026, 3, day, 12, 0, 0, TimeSpan.Zero),
        };

        Assert.Equal(expected, TimingTriggers.All.Single(trigger => trigger.Name == "season").Read(context).Fired);
    }

    private static TriggerReading Read(string trigger, Story story) => TimingTriggers.All.Single(known => known.Name == trigger).Read(Context(Touchpoint.CartPage, story) with
    {
        Shop = ShopFacts.None with
        {
            Seasons = [new("March things", 3, 2, [new("march")]), new("April things", 4, 2, [new("april")])],
        },
    });

    private static SubscriptionStarted Start => new SubscriptionStarted(Basic) { Id = "start", Customer = Ann, At = Now.AddDays(-60) };

    private static UsageRecorded Use(double used, double limit) => new("calls", 1, used, limit) { Id = "", Customer = Ann, At = Now };

    private static FeatureUsed Feature(string name, double ago) => new FeatureUsed(name) { Id = "", Customer = Ann, At = Now }.Ago(ago);

    private static TicketOpened Ticket(double ago) => new TicketOpened("t") { Id = "", Customer = Ann, At = Now }.Ago(ago);

    private static TicketResolved Solved(double ago, int? satisfaction) => new TicketResolved("t", satisfaction) { Id = "", Customer = Ann, At = Now }.Ago(ago);

    private static ReviewPosted Review(int rating, double ago) => new ReviewPosted(rating) { Id = "", Customer = Ann, At = Now }.Ago(ago);

    private static CartChanged Cart(decimal total, double ago, params string[] skus) => new CartChanged(new(total, "USD"), [.. skus.Select(sku => new Sku(sku))]) { Id = "", Customer = Ann, At = Now }.Ago(ago);

    private static OrderPlaced Bought(double ago, string sku = "beans") => Order(FormattableString.Invariant($"o{ago}"), sku).Ago(ago);

    private static HealthScoreSet Health(double score, double ago) => new HealthScoreSet(score) { Id = "", Customer = Ann, At = Now }.Ago(ago);

    /// <summary>What was used in the last seven days, in the seven before, and so on.</summary>
    private static Signal[] Weeks(params double[] amounts) =>
        [.. amounts.Select((amount, ago) => new UsageRecorded("calls", amount) { Id = "", Customer = Ann, At = Now }.Ago((7 * ago) + 6))];
}
