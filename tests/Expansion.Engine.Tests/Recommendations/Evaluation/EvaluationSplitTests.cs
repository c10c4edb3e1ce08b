using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Evaluation;

namespace Expansion.Engine.Tests.Recommendations.Evaluation;

public sealed class EvaluationSplitTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_DatedOrders_TestsTheLastFifthByTime()
    {
        var orders = Enumerable.Range(0, 10).Select(day => Order($"{9 - day}", day, null, "a", "b")).Reverse().ToList();

        var split = EvaluationSplit.Of(orders);

        Assert.Equal(8, split.Training.Count);
        Assert.Equal(["1", "0"], split.Test.Select(order => order.Id.Value));
    }

    [Fact]
    public void Of_OneUndatedOrder_SplitsTheSameWayWhateverTheOrderOfTheFile()
    {
        var orders = Enumerable.Range(0, 50).Select(number => Order($"{number}", number == 7 ? null : number, null, "a")).ToList();

        var split = EvaluationSplit.Of(orders);

        Assert.Equal(10, split.Test.Count);
        Assert.NotEqual(orders.TakeLast(10).Select(order => order.Id), split.Test.Select(order => order.Id));
        Assert.Equal(split.Test, EvaluationSplit.Of([.. orders.AsEnumerable().Reverse()]).Test);
    }

    [Fact]
    public void Cases_Basket_HidesOneProductOfEveryBasketOfTwoOrMore()
    {
        var split = EvaluationSplit.Of([Order("1", 1, null, "a", "b")], [Order("2", 2, null, "a", "b", "c"), Order("3", 3, null, "a")]);

        var only = Assert.Single(split.Cases(RecommendationTask.Basket));

        var hidden = Assert.Single(only.Targets);
        Assert.Equal(Skus("a", "b", "c"), only.Request.Basket.Append(hidden).Order());
    }

    [Fact]
    public void Cases_Purchases_AskForTheFirstOrderOfWhoeverCameBack()
    {
        var split = EvaluationSplit.Of(
            [Order("1", 1, "anna", "a", "b"), Order("2", 2, "ben", "a")],
            [Order("4", 4, "anna", "c"), Order("3", 3, "anna", "b", "d"), Order("5", 5, "ben", "a"), Order("6", 6, "new", "a")]);

        var next = split.Cases(RecommendationTask.NextPurchase).ToList();
        var discovery = Assert.Single(split.Cases(RecommendationTask.Discovery));

        Assert.Equal(["3", "5"], next.Select(found => found.Id));
        Assert.Equal(Skus("b", "d"), next[0].Targets.Order());
        Assert.Equal(new Sku("d"), Assert.Single(discovery.Targets));
        Assert.Equal(Skus("a", "b"), discovery.Request.Orders.Single().Skus);
    }

    private static EvaluationOrder Order(string id, int? day, string? customer, params string[] skus) =>
        new(new(id), customer is null ? null : new(customer), day is { } days ? Start.AddDays(days) : null, Skus(skus));

    private static List<Sku> Skus(params string[] skus) => [.. skus.Select(sku => new Sku(sku))];
}
