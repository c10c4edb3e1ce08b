using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Orders;
using Expansion.Engine.Outcomes;

namespace Expansion.Engine.Tests.Outcomes;

public sealed class OrderOutcomesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly CreditTerms Terms = new("EUR") { Costs = new Dictionary<Sku, decimal> { [new("mug")] = 4 } };

    [Fact]
    public void Of_LinesShownAndNotShown_SplitsRevenueByShowing()
    {
        var told = OrderOutcomes.Of(Order(Line("mug", 2, 10), Line("beans", 1, 8), Line("sample", 1, 0)), [], Journal(Shown("imp", "mug", -1)), Terms);

        var order = told.Single(outcome => outcome.Kind == OutcomeKind.Order);
        Assert.Equal([LineRole.CrossSell, LineRole.Main, LineRole.Gift], order.Order!.Lines.Select(line => line.Role));
        Assert.Equal(("cart_page", "affinity"), (order.Tags.Touchpoint, order.Tags.Source));
        var (credited, plain) = (Revenue(told, "1|imp"), Revenue(told, "1"));
        Assert.Equal((20m, 12m, "cart_page"), (credited.Amount, credited.Margin, credited.Tags.Touchpoint));
        Assert.Equal((8m, null, null), (plain.Amount, plain.Margin, plain.Tags.Touchpoint));
        Assert.All(told, outcome => Assert.Equal(new YearMonth(2026, 3), outcome.Tags.Cohort));
    }

    [Fact]
    public void Of_LineThatNamesItsOffer_IsCreditedToItAndNotByTheRule()
    {
        var told = OrderOutcomes.Of(
            Order(Line("mug", 1, 10) with { Offer = "offer" }), [], Journal(Shown("imp", "mug", -1), Shown("offer", "mug", -30) with { Upsell = true }), Terms);

        Assert.Equal(10, Revenue(told, "1|offer").Amount);
        Assert.Equal(LineRole.Main, told[0].Order!.Lines[0].Role);
    }

    [Theory]
    [InlineData(-30, true, RevenueKind.Expansion)]
    [InlineData(-30, false, RevenueKind.Renewal)]
    [InlineData(null, true, RevenueKind.New)]
    public void Of_FirstOrLaterOrder_IsNewOrExpansionOrRenewal(int? before, bool shown, RevenueKind expected)
    {
        var journal = Journal([.. shown ? [Shown("imp", "mug", -1)] : Array.Empty<Outcome>(), .. before is { } day ? [new("0", OutcomeKind.Order, Noon.AddDays(day)) { OrderId = new("0") }] : Array.Empty<Outcome>()]);

        Assert.Equal(expected, OrderOutcomes.Of(Order(Line("mug", 1, 10)), [], journal, Terms).Single(outcome => outcome.Kind == OutcomeKind.Revenue).RevenueKind);
    }

    [Fact]
    public void Of_Refund_IsTakenOffOnItsOwnDayAndWhatWasEditedAwayNeverCounted()
    {
        // Four ordered, one edited away before it was paid, one returned.
        var order = Order(Line("mug", 4, 10) with { Kept = 2 });
        var told = OrderOutcomes.Of(order, [new("r", new("1"), [new("mug", 1)], Noon.AddDays(9))], CustomerJournal.Empty, Terms);

        Assert.Equal(30, Revenue(told, "1").Amount);
        var refund = told.Single(outcome => outcome.Kind == OutcomeKind.Refund);
        Assert.Equal((10m, Noon.AddDays(9), new OrderId("1")), (refund.Amount, refund.At, refund.OrderId!.Value));
        Assert.Equal([new LineFact(LineRole.Main, 3, 1)], told[0].Order!.Lines);
    }

    [Fact]
    public void Of_CreditedOtherwiseThanBefore_TellsTheOldOnesAgainWithNothing()
    {
        var order = Order(Line("mug", 1, 10));
        var before = OrderOutcomes.Of(order, [], CustomerJournal.Empty, Terms);
        var told = OrderOutcomes.Of(order, [], CustomerJournal.Empty.With([.. before, Shown("imp", "mug", -1)]), Terms);
        var cancelled = OrderOutcomes.Of(order with { Cancelled = true }, [], CustomerJournal.Empty.With(told), Terms);

        Assert.Equal((10, 0), (Revenue(told, "1|imp").Amount, Revenue(told, "1").Amount));
        Assert.Equal(OrderStatus.Cancelled, cancelled[0].Order!.Status);
        Assert.All(cancelled.Where(outcome => outcome.Kind == OutcomeKind.Revenue), outcome => Assert.Equal(0, outcome.Amount));
    }

    [Fact]
    public void Of_AnotherCurrency_IsRevenueThatSaysItsCurrency()
    {
        var order = new Order(new("1"), new("ann"), Noon, Noon, [new(new("mug"), 1, 1, new(10, "USD"))]);

        var told = OrderOutcomes.Of(order, [], CustomerJournal.Empty, Terms);

        Assert.Equal([OutcomeKind.Order, OutcomeKind.Revenue], told.Select(outcome => outcome.Kind));
        Assert.Equal("USD", told[1].Currency);
    }

    [Fact]
    public void Journal_MoreThanItHolds_KeepsTheLatestAndTheFirstOrdersTime()
    {
        var journal = CustomerJournal.Empty.With(Enumerable.Range(0, 1000).Select(day => new Outcome($"{day}", OutcomeKind.Order, Noon.AddDays(day)))).With([Shown("imp", "mug", 0)]);

        Assert.Equal(CustomerJournal.MaxOutcomes + 1, journal.Outcomes.Count);
        Assert.Equal(Noon, journal.FirstOrderAt);
        Assert.Equal(Noon.AddDays(999), journal.Outcomes[^1].At);
    }

    private static Outcome Revenue(IReadOnlyList<Outcome> told, string id) => told.Single(outcome => outcome.Kind == OutcomeKind.Revenue && outcome.Id == id);

    private static Order Order(params OrderLine[] lines) => new(new("1"), new("ann"), Noon, Noon, lines);

    private static OrderLine Line(string sku, int quantity, decimal price) => new(new(sku), quantity, quantity, new(price, "EUR")) { Id = sku };

    private static Outcome Shown(string id, string sku, int day) => new(id, OutcomeKind.Impression, Noon.AddDays(day), new("ann")) { Products = [new(sku)], Tags = new("cart_page", "affinity") };

    private static CustomerJournal Journal(params Outcome[] outcomes) => CustomerJournal.Empty.With(outcomes);
}
