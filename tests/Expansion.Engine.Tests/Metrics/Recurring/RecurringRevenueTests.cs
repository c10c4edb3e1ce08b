using Expansion.Engine.Metrics.Recurring;

namespace Expansion.Engine.Tests.Metrics.Recurring;

public sealed class RecurringRevenueTests
{
    private static readonly DateTimeOffset March = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset April = March.AddMonths(1);

    /// <summary>By hand: a 100→150 (+50), b 80→60 (−20), c 40→0 (−40), d new 30, e was 0 after paying once → 25 back, f moves 70 from one subscription to another.</summary>
    [Fact]
    public void Between_EveryKindOfMovement_IsWhatItIsByHand()
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

        var (mrr, leftOut) = RecurringRevenue.Between(all, March, April, "USD");

        Assert.Equal((290m, 30m, 25m, 50m, 20m, 40m, 335m, 1), (mrr.Start, mrr.New, mrr.Reactivation, mrr.Expansion, mrr.Contraction, mrr.Churn, mrr.End, leftOut));
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
