using Expansion.Engine.Orders;

namespace Expansion.Engine.Tests.Orders;

public sealed class OrderTests
{
    private static readonly Order Order = new(new("1"), null, default, default,
        [new(new("a"), 3, 3, new(1, "EUR")) { Id = "l1" }, new(new("b"), 1, 1, new(1, "EUR")) { Id = "l2" }]);

    private static Refund Refund(string id, string line, int quantity) => new(id, new("1"), [new(line, quantity)]);

    [Fact]
    public void Less_WholeLineRefunded_LeavesTheBasket() =>
        Assert.Equal([new Sku("a")], Order.Less([Refund("r1", "l2", 1)]).Basket);

    [Fact]
    public void Less_PartRefunded_StaysInTheBasket()
    {
        var order = Order.Less([Refund("r1", "l1", 2)]);

        Assert.Equal(1, order.Lines[0].Kept);
        Assert.Equal(2, order.Basket.Count);
    }

    [Fact]
    public void Less_SameRefundTwice_CountsOnce() =>
        Assert.Equal(1, Order.Less([Refund("r1", "l1", 2), Refund("r1", "l1", 2)]).Lines[0].Kept);

    [Fact]
    public void Less_RefundTheSourceHasTakenOffAlready_TakesNothingMore()
    {
        var updated = Order with { Lines = [Order.Lines[0] with { Kept = 1 }, Order.Lines[1]] };

        Assert.Equal(1, updated.Less([Refund("r1", "l1", 2)]).Lines[0].Kept);
    }

    [Fact]
    public void Less_MoreRefundedThanOrdered_KeepsNone() => Assert.Equal(0, Order.Less([Refund("r1", "l1", 9)]).Lines[0].Kept);

    [Fact]
    public void Basket_Cancelled_IsEmpty() => Assert.Empty((Order with { Cancelled = true }).Basket);
}
