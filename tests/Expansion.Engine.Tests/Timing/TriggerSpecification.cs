using Expansion.Engine.Timing.Signals;
using static Expansion.Engine.Tests.Timing.Aspect;
using static Expansion.Engine.Tests.Timing.Given;

namespace Expansion.Engine.Tests.Timing;

/// <summary>The ten triggers: what happened, told in this order, and whether the trigger fires on Tuesday noon.</summary>
internal static class TriggerSpecification
{
    private const bool Fires = true, Silent = false;

    public static IReadOnlyList<Line> Lines { get; } =
    [
        // Plan limit approaching: 80 % of an allowance, told in the last 7 days.
        new("plan_limit", Plain, "nine tenths used", Fires, Use(90, 100, 1)),
        new("plan_limit", Boundary, "four fifths used", Fires, Use(80, 100, 1)),
        new("plan_limit", Nearly, "just less than four fifths used", Silent, Use(79.9, 100, 1)),
        new("plan_limit", Boundary, "told 7 days ago to the second", Fires, Use(90, 100, 7)),
        new("plan_limit", Nearly, "told a little more than 7 days ago", Silent, Use(90, 100, 7.001)),
        new("plan_limit", Twice, "half used, and told twice", Silent, Use(50, 100, 1), Use(50, 100, 1)),
        new("plan_limit", Late, "less was used before, heard of afterwards", Fires, Use(90, 100, 1), Use(10, 100, 2)),
        new("plan_limit", Late, "more was used before the allowance was filled up, heard of afterwards", Silent, Use(10, 100, 1), Use(90, 100, 2)),
        new("plan_limit", Late, "the limit was reached before the allowance was filled up, heard of afterwards", Silent, Use(10, 100, 1), Hit(2)),
        new("plan_limit", AtOnce, "two allowances at one moment, one of them nearly used up", Fires, Use(10, 100, 1), Use(90, 100, 1, "seats")),
        new("plan_limit", AtOnce, "the limit is reached at the moment of a word on the allowance", Fires, Hit(1), Use(10, 100, 1)),
        new("plan_limit", Besides, "a newer word says that less is used", Silent, Use(90, 100, 2), Use(10, 100, 1)),
        new("plan_limit", Besides, "the limit was reached after the last word", Fires, Use(10, 100, 2), Hit(1)),
        new("plan_limit", Besides, "no allowance to use up", Silent, new UsageRecorded("calls", 5) { Id = "", Customer = Ann, At = Now }.Ago(1)),
        new("plan_limit", Besides, "an allowance of nothing", Silent, Use(5, 0, 1)),

        // Feature milestone: three quarters of the plan's four features, reached in the last 7 days.
        new("feature_milestone", Plain, "three of four", Fires, Start, Feature("a", 30), Feature("b", 20), Feature("c", 1)),
        new("feature_milestone", Nearly, "two of four", Silent, Start, Feature("a", 30), Feature("b", 1)),
        new("feature_milestone", Boundary, "reached 7 days ago to the second", Fires, Start, Feature("a", 30), Feature("b", 20), Feature("c", 7)),
        new("feature_milestone", Nearly, "reached longer ago, and used since", Silent, Start, Feature("a", 30), Feature("b", 20), Feature("c", 7.001), Feature("c", 1)),
        new("feature_milestone", Twice, "two of four, one of them told twice", Silent, Start, Feature("a", 30), Feature("b", 1), Feature("b", 1)),
        new("feature_milestone", Late, "the first use of the third was longer ago than was heard of", Silent, Start, Feature("a", 30), Feature("b", 20), Feature("c", 1), Feature("c", 10)),
        new("feature_milestone", Late, "the subscription is heard of last", Fires, Feature("c", 1), Feature("b", 20), Feature("a", 30), Start),
        new("feature_milestone", AtOnce, "the second and the third at one moment", Fires, Start, Feature("a", 30), Feature("b", 1), Feature("c", 1)),
        new("feature_milestone", Besides, "the third is none of the plan's", Silent, Start, Feature("a", 30), Feature("b", 20), Feature("z", 1)),
        new("feature_milestone", Besides, "what the plan has isn't known", Silent, Feature("a", 30), Feature("b", 20), Feature("c", 1)),

        // Positive support resolution: satisfaction 4 of 5, in the last 3 days.
        new("support_resolution", Plain, "solved and very happy", Fires, Ticket(5), Solved(1, 5)),
        new("support_resolution", Boundary, "solved and happy enough", Fires, Ticket(5), Solved(1, 4)),
        new("support_resolution", Nearly, "solved, so-so", Silent, Ticket(5), Solved(1, 3)),
        new("support_resolution", Boundary, "solved 3 days ago to the second", Fires, Ticket(5), Solved(3, 5)),
        new("support_resolution", Nearly, "solved longer ago", Silent, Ticket(5), Solved(3.001, 5)),
        new("support_resolution", Twice, "reopened since, and the resolution told again", Silent, Ticket(5), Solved(2, 5), Reopened(1), Solved(2, 5)),
        new("support_resolution", Late, "the ticket is heard of after its resolution", Fires, Solved(1, 5), Ticket(5)),
        new("support_resolution", Late, "an unhappy resolution before, heard of afterwards", Fires, Ticket(5), Reopened(3), Solved(1, 5), Solved(4, 1)),
        new("support_resolution", AtOnce, "two solved at one moment, both happily", Fires, Ticket(5), Ticket(5, "u"), Solved(1, 5), Solved(1, 4, "u")),
        new("support_resolution", AtOnce, "two solved at one moment, the first of them unhappily", Silent, Ticket(5), Ticket(5, "u"), Solved(1, 1), Solved(1, 5, "u")),
        new("support_resolution", AtOnce, "two solved at one moment, the second of them unhappily", Silent, Ticket(5), Ticket(5, "u"), Solved(1, 5), Solved(1, 1, "u")),
        new("support_resolution", Besides, "solved, nobody said how well", Silent, Ticket(5), Solved(1, null)),
        new("support_resolution", Besides, "reopened since", Silent, Ticket(5), Solved(2, 5), Reopened(1)),

        // Purchase anniversary: the day and the two after it.
        new("purchase_anniversary", Plain, "a year ago yesterday", Fires, Bought(366)),
        new("purchase_anniversary", Boundary, "a year ago today", Fires, Bought(365)),
        new("purchase_anniversary", Nearly, "a year ago tomorrow", Silent, Bought(364)),
        new("purchase_anniversary", Boundary, "a year and two days ago", Fires, Bought(367)),
        new("purchase_anniversary", Nearly, "a year and three days ago", Silent, Bought(368)),
        new("purchase_anniversary", Twice, "half a year ago, and told twice", Silent, Bought(182), Bought(182)),
        new("purchase_anniversary", Late, "the first order is heard of after the second", Fires, Bought(100), Bought(365)),
        new("purchase_anniversary", Late, "an order of before the first is heard of", Silent, Bought(365), Bought(400)),
        new("purchase_anniversary", AtOnce, "two first orders at one moment", Fires, Bought(365), Bought(365, order: "p")),
        new("purchase_anniversary", Besides, "bought today", Silent, Bought(0)),
        new("purchase_anniversary", Besides, "the subscription is older than the first order", Fires, Start with { At = Now.AddDays(-730) }, Bought(100)),

        // High-usage week: three robust deviations, and 30 %, above the customer's own eight weeks before.
        new("high_usage_week", Plain, "half as much again", Fires, Weeks(150, 100, 100, 100, 100, 100, 100, 100, 100)),
        new("high_usage_week", Boundary, "30 % more to the unit", Fires, Weeks(130, 100, 100, 100, 100, 100, 100, 100, 100)),
        new("high_usage_week", Nearly, "a little less than 30 % more", Silent, Weeks(129, 100, 100, 100, 100, 100, 100, 100, 100)),
        new("high_usage_week", Twice, "this week's use told twice", Silent, [.. Weeks(100, 100, 100, 100, 100), .. Weeks(100)]),
        new("high_usage_week", Late, "so did the weeks before, heard of afterwards", Silent, [.. Weeks(150, 100, 100, 100, 100), .. More(50, 7, 14, 21, 28)]),
        new("high_usage_week", AtOnce, "two things used at one moment, one of them far more than usual", Fires, [.. Weeks(100, 100, 100, 100, 100), .. Weeks("exports", 15, 10, 10, 10, 10)]),
        new("high_usage_week", Besides, "as much as a noisy customer often uses", Silent, Weeks(150, 100, 60, 140, 80, 120, 100, 70, 130)),
        new("high_usage_week", Besides, "one odd week before hides nothing", Fires, Weeks(150, 100, 100, 5000, 100, 100, 100, 100, 100)),
        new("high_usage_week", Boundary, "four weeks before are enough", Fires, Weeks(150, 100, 100, 100, 100)),
        new("high_usage_week", Nearly, "three weeks before aren't", Silent, Weeks(150, 100, 100, 100)),
        new("high_usage_week", Besides, "a limit reached, and no word on use", Silent, Hit(1)),
        new("high_usage_week", Besides, "nothing used", Silent, Weeks(0, 0, 0, 0, 0, 0)),

        // Positive review: 4 of 5, in the last 7 days.
        new("positive_review", Plain, "five stars", Fires, Review(5, 1)),
        new("positive_review", Boundary, "four stars", Fires, Review(4, 1)),
        new("positive_review", Nearly, "three stars", Silent, Review(3, 1)),
        new("positive_review", Boundary, "7 days ago to the second", Fires, Review(5, 7)),
        new("positive_review", Nearly, "longer ago", Silent, Review(5, 7.001)),
        new("positive_review", Twice, "a worse one since, and the good one told again", Silent, Review(5, 3), Review(1, 1), Review(5, 3)),
        new("positive_review", Late, "a worse one before, heard of afterwards", Fires, Review(5, 1), Review(1, 3)),
        new("positive_review", AtOnce, "two at one moment, the first of them bad", Silent, Review(1, 1, "r1"), Review(5, 1, "r2")),
        new("positive_review", AtOnce, "two at one moment, the second of them bad", Silent, Review(5, 1, "r1"), Review(1, 1, "r2")),
        new("positive_review", Besides, "a worse one since", Silent, Review(5, 3), Review(1, 1)),

        // Cart page: something in a cart that was changed in the last hour.
        new("cart_page", Plain, "something in it", Fires, Cart(20, 0.01, "beans")),
        new("cart_page", Nearly, "emptied since", Silent, Cart(20, 0.02, "beans"), Cart(0, 0.01)),
        new("cart_page", Boundary, "an hour ago to the second", Fires, Cart(20, 1 / 24.0, "beans")),
        new("cart_page", Nearly, "longer ago", Silent, Cart(20, 1.01 / 24, "beans")),
        new("cart_page", Twice, "emptied since, and the full one told again", Silent, Cart(20, 0.02, "beans"), Cart(0, 0.01), Cart(20, 0.02, "beans")),
        new("cart_page", Late, "was empty before, heard of afterwards", Fires, Cart(20, 0.01, "beans"), Cart(0, 0.02)),
        new("cart_page", AtOnce, "emptied and filled at one moment: the greater id is the later word", Fires, Cart(0, 0.01) with { Id = "c1" }, Cart(20, 0.01, "beans") with { Id = "c2" }),

        // Post-purchase: from 7 days after the last order, for 3 days.
        new("post_purchase", Plain, "8 days ago", Fires, Bought(8)),
        new("post_purchase", Boundary, "7 days ago to the second", Fires, Bought(7)),
        new("post_purchase", Nearly, "a little less than 7 days ago", Silent, Bought(6.999)),
        new("post_purchase", Boundary, "10 days ago to the second", Fires, Bought(10)),
        new("post_purchase", Nearly, "longer ago", Silent, Bought(10.001)),
        new("post_purchase", Twice, "told again when it was sent out", Fires, Bought(8), (Bought(8) with { OrderedAt = Now.AddDays(-8) }).Ago(3, "sent out")),
        new("post_purchase", Late, "an order before, heard of afterwards", Fires, Bought(8), Bought(20)),
        new("post_purchase", Late, "cancelled, and heard of before it was placed", Silent, Cancelled(8, 3), Bought(8)),
        new("post_purchase", AtOnce, "two orders at one moment", Fires, Bought(8), Bought(8, "mug", "p")),
        new("post_purchase", Besides, "bought again since", Silent, Bought(8), Bought(3)),
        new("post_purchase", Besides, "cancelled since", Silent, Bought(8), Cancelled(8, 3)),
        new("post_purchase", Besides, "sent back since", Silent, Bought(8), SentBack("beans", 3)),

        // Health-score peak: at least 80, never higher in eight weeks, 5 above the median.
        new("health_peak", Plain, "better than ever", Fires, Health(70, 20), Health(74, 10), Health(85, 1)),
        new("health_peak", Boundary, "80 to the point", Fires, Health(70, 20), Health(75, 10), Health(80, 1)),
        new("health_peak", Nearly, "just below 80", Silent, Health(60, 20), Health(70, 10), Health(79.9, 1)),
        new("health_peak", Boundary, "5 above the usual to the point", Fires, Health(80, 20), Health(80, 10), Health(85, 1)),
        new("health_peak", Nearly, "a little less than 5 above the usual", Silent, Health(80, 20), Health(80, 10), Health(84.9, 1)),
        new("health_peak", Twice, "two scores, one of them told twice, are two", Silent, Health(70, 10), Health(85, 1), Health(85, 1)),
        new("health_peak", Late, "was higher before, heard of afterwards", Silent, Health(70, 20), Health(74, 15), Health(85, 1), Health(86, 10)),
        new("health_peak", AtOnce, "two scores at one moment: the greater id is the later word", Fires, Health(70, 20), Health(74, 10), Health(85, 1) with { Id = "h2" }, Health(60, 1) with { Id = "h1" }),
        new("health_peak", Besides, "was higher before", Silent, Health(70, 20), Health(86, 10), Health(85, 1)),
        new("health_peak", Besides, "too few scores", Silent, Health(70, 10), Health(85, 1)),

        // Seasonal relevance: what the customer buys sells best in March, or in the month two weeks ahead.
        new("season", Plain, "buys what has its season now", Fires, Bought(200, "march")),
        new("season", Nearly, "buys what has its season in three weeks", Silent, Bought(200, "april")),
        new("season", Boundary, "buys what sells 1.5 times its usual share now", Fires, Bought(200, "march half")),
        new("season", Nearly, "buys what sells a little less well now", Silent, Bought(200, "march less")),
        new("season", Twice, "sent it back, and the order told again", Silent, Bought(200, "march"), SentBack("march", 100), Bought(200, "march")),
        new("season", Late, "sent back what was bought before, and bought it again; heard of in no order", Fires, Bought(50, "march"), SentBack("march", 100), Bought(200, "march")),
        new("season", AtOnce, "buys two things that have their season, in one order", Fires, Order("o", "march", "march half").Ago(200)),
        new("season", Besides, "buys something else", Silent, Bought(200, "mug")),
        new("season", Besides, "sent it back", Silent, Bought(200, "march"), SentBack("march", 100)),
    ];

    private static SubscriptionStarted Start => new SubscriptionStarted(Basic) { Id = "start", Customer = Ann, At = Now.AddDays(-60) };

    private static UsageRecorded Use(double used, double limit, double ago, string metric = "calls") =>
        new UsageRecorded(metric, 1, used, limit) { Id = "", Customer = Ann, At = Now }.Ago(ago, FormattableString.Invariant($"{metric}-{ago}"));

    private static LimitReached Hit(double ago) => new LimitReached("calls") { Id = "", Customer = Ann, At = Now }.Ago(ago);

    private static FeatureUsed Feature(string name, double ago) => new FeatureUsed(name) { Id = "", Customer = Ann, At = Now }.Ago(ago, FormattableString.Invariant($"{name}-{ago}"));

    private static TicketOpened Ticket(double ago, string ticket = "t") => new TicketOpened(ticket) { Id = "", Customer = Ann, At = Now }.Ago(ago, FormattableString.Invariant($"open-{ticket}-{ago}"));

    private static TicketResolved Solved(double ago, int? satisfaction, string ticket = "t") =>
        new TicketResolved(ticket, satisfaction) { Id = "", Customer = Ann, At = Now }.Ago(ago, FormattableString.Invariant($"solved-{ticket}-{ago}"));

    private static TicketReopened Reopened(double ago) => new TicketReopened("t") { Id = "", Customer = Ann, At = Now }.Ago(ago);

    private static ReviewPosted Review(int rating, double ago, string? id = null) => new ReviewPosted(rating) { Id = "", Customer = Ann, At = Now }.Ago(ago, id);

    private static CartChanged Cart(decimal total, double ago, params string[] skus) => new CartChanged(new(total, "USD"), [.. skus.Select(sku => new Sku(sku))]) { Id = "", Customer = Ann, At = Now }.Ago(ago);

    internal static OrderPlaced Bought(double ago, string sku = "beans", string order = "o") => Order(FormattableString.Invariant($"{order}{ago}"), sku).Ago(ago, FormattableString.Invariant($"{order}-{ago}"));

    private static OrderPlaced Cancelled(double ago, double since) => (Bought(ago) with { Cancelled = true, OrderedAt = Now.AddDays(-ago) }).Ago(since, "cancelled");

    private static ProductReturned SentBack(string sku, double ago) => new ProductReturned(new(sku)) { Id = "", Customer = Ann, At = Now }.Ago(ago);

    private static HealthScoreSet Health(double score, double ago) => new HealthScoreSet(score) { Id = "", Customer = Ann, At = Now }.Ago(ago);

    /// <summary>What was used in the last seven days, in the seven before, and so on.</summary>
    private static Signal[] Weeks(params double[] amounts) => Weeks("calls", amounts);

    private static Signal[] Weeks(string metric, params double[] amounts) =>
        [.. amounts.Select((amount, ago) => new UsageRecorded(metric, amount) { Id = "", Customer = Ann, At = Now }.Ago((7 * ago) + 6, FormattableString.Invariant($"{metric}-{ago}")))];

    private static IEnumerable<Signal> More(double amount, params double[] ago) =>
        ago.Select(days => new UsageRecorded("calls", amount) { Id = "", Customer = Ann, At = Now }.Ago(days, FormattableString.Invariant($"more-{days}")));
}
