using Expansion.Engine.Orders;

namespace Expansion.Engine.Tests.Orders;

public sealed class ImportedOrderTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_Return_IsTakenOffTheSameSkusLines()
    {
        var order = ImportedOrder.Of([Line("A", 2), Line("B", 5), Line("A", -3), Line("A", 2)]);

        Assert.Equal([("A", 2, 0), ("B", 5, 5), ("A", 2, 1)], Lines(order));
    }

    [Fact]
    public void Of_ReturnOfMoreThanWasOrdered_StaysNegativeForTheRest()
    {
        var order = ImportedOrder.Of([Line("A", -2), Line("A", 1), Line("B", -4), Line("B", -1)]);

        Assert.Equal([("A", 1, 0), ("A", -1, -1), ("B", -4, -4), ("B", -1, -1)], Lines(order));
    }

    [Fact]
    public void Of_RefundedLines_KeepNothing()
    {
        var order = ImportedOrder.Of([Line("A", 2) with { Refunded = true }]);

        Assert.Equal([("A", 2, 0)], Lines(order));
        Assert.Empty(order.Basket);
    }

    [Fact]
    public void Of_LinesThatDiffer_TakesEarliestTimeNewestVersionAndFirstCustomer()
    {
        var order = ImportedOrder.Of([
            Line("A", 1),
            Line("B", 1) with { OrderedAt = Noon.AddMinutes(-1), UpdatedAt = Noon.AddMinutes(-1), CustomerId = new CustomerId("c1") },
            Line("C", 1) with { UpdatedAt = Noon.AddDays(2), CustomerId = new CustomerId("c2"), Cancelled = true }]);

        Assert.Equal((Noon.AddMinutes(-1), Noon.AddDays(2), new CustomerId("c1"), true), (order.OrderedAt, order.UpdatedAt, order.CustomerId!.Value, order.Cancelled));
    }

    [Fact]
    public void Of_LinesWithoutVersionsAtTwoTimes_HasTheEarlierAsItsVersion()
    {
        var order = ImportedOrder.Of([Line("A", 1), new ImportedLine(new OrderId("1"), Noon.AddMinutes(-1), new Sku("B"), 1)]);

        Assert.Equal((Noon.AddMinutes(-1), Noon.AddMinutes(-1)), (order.OrderedAt, order.UpdatedAt));
    }

    private static IEnumerable<(string, int, int)> Lines(Order order) => order.Lines.Select(line => (line.Sku.Value, line.Quantity, line.Kept));

    private static ImportedLine Line(string sku, int quantity) => new(new OrderId("1"), Noon, new Sku(sku), quantity) { Currency = "USD" };
}
