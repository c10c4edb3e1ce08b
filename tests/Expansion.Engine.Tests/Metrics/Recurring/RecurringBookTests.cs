using CsCheck;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Metrics.Recurring;

namespace Expansion.Engine.Tests.Metrics.Recurring;

public sealed class RecurringBookTests
{
    private static readonly DateTimeOffset March = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset April = March.AddMonths(1);

    /// <summary>By hand: a 100→150 (+50), b 80→60 (−20), c 40→0 (−40), d new 30, e was 0 after paying once → 25 back, f moves 70 from one subscription to another.</summary>
    [Fact]
    public void Movements_EveryKindOfMovement_IsWhatItIsByHand()
    {
        SubscriptionRevenue[] all =
        [
            Sub("a", (-40, 100), (5, 150)),
            Sub("b", (-40, 80), (5, 10), (9, 60)),
            Sub("c", (-40, 40), (20, 0)),
            Sub("d", (3, 30)),
            Sub("e", (-90, 25), (-40, 0), (4, 25)),
            Sub("f", (-40, 70), (10, 0)) with { Subscription = "f1" },
            Sub("f", (10, 70)) with { Subscription = "f2" },
            new SubscriptionRevenue("g", new("g")).With(new(March.AddDays(1), new(9, "EUR"))),
        ];

        var book = new RecurringBook(all, [], "USD");
        var mrr = book.Movements(March, April);

        Assert.Equal((290m, 30m, 25m, 50m, 20m, 40m, 335m, 1), (mrr.Start, mrr.New, mrr.Reactivation, mrr.Expansion, mrr.Contraction, mrr.Churn, mrr.End, book.LeftOut(April)["EUR"]));
    }

    /// <summary>Told as subscriptions by billing or as plans by the product, one after the other or both at once: the same book.</summary>
    [Fact]
    public void Movements_ToldByBillingOrAsPlansOrBoth_AreTheSame() => Gen.Select(Gen.Int[-90, 60], Gen.Int[0, 3]).Array[1, 8].Array[1, 6].Sample(customers =>
    {
        var told = customers.Select((changes, i) => (
            Billed: changes.DistinctBy(change => change.Item1).Aggregate(new SubscriptionRevenue($"s{i}", new($"{i}")), (sub, change) => sub.With(new(March.AddDays(change.Item1), new(change.Item2 * 10, "USD")))),
            Plans: changes.DistinctBy(change => change.Item1).Aggregate(new PlanHistory(new($"{i}")), (history, change) => history.With(new($"{change.Item1}", new($"{i}"), March.AddDays(change.Item1), change.Item2 == 0 ? null : $"p{change.Item2}", change.Item2 * 10))))).ToList();
        RecurringBook[] books =
        [
            new(told.Select(customer => customer.Billed), [], "USD"),
            new([], told.Select(customer => customer.Plans), "USD"),
            new(told.Select(customer => customer.Billed), told.Select(customer => customer.Plans), "USD"),
        ];

        var expected = books[0].Movements(March, April);
        Assert.All(books, book => Assert.Equal(expected, book.Movements(March, April)));
        Assert.All(books, book => Assert.Equal(expected, book.Month(March, April, new([])).Aggregate(MrrMovements.None, (sum, customer) => sum + customer.Mrr)));
    });

    [Fact]
    public void LeftOut_PlansInAnotherCurrency_AreCountedByItAndInNoAmount()
    {
        PlanHistory[] plans =
        [
            new PlanHistory(new("a")).With(new("1", new("a"), March.AddDays(-9), "pro", 50)),
            new PlanHistory(new("b")).With(new("1", new("b"), March.AddDays(-9), "pro", 45, Currency: "EUR")),
            new PlanHistory(new("c")).With(new("1", new("c"), March.AddDays(-9), "pro", 45, Currency: "EUR")).With(new("2", new("c"), March.AddDays(-8), null)),
        ];
        var book = new RecurringBook([], plans, "USD");

        Assert.Equal(50, book.Movements(March, April).Start);
        Assert.Equal(("EUR", 1), Assert.Single(book.LeftOut(April).Select(other => (other.Key, other.Value))));
    }

    [Fact]
    public void With_LevelsOutOfOrderAndTwice_IsOneHistory()
    {
        var levels = Sub("a", (5, 150), (-40, 100), (5, 150)).Levels;

        Assert.Equal([100m, 150m], levels.Select(level => level.Mrr.Amount));
    }

    private static SubscriptionRevenue Sub(string customer, params (int Day, decimal Amount)[] levels) => levels.Aggregate(
        new SubscriptionRevenue(customer, new(customer)), (sub, level) => sub.With(new(March.AddDays(level.Day), new(level.Amount, "USD"))));
}
