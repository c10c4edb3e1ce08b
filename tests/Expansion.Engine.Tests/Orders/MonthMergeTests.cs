using Expansion.Engine.Orders;

namespace Expansion.Engine.Tests.Orders;

public sealed class MonthMergeTests
{
    private static readonly YearMonth May = new(2026, 5);
    private static readonly DateTimeOffset Noon = new(2026, 5, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Merge_TheSegmentItself_ChangesNothing()
    {
        var segment = MonthMerge.Merge(May, [], [Order("1", Line("B", 2), Line("A", 1)), Order("2", Line("A", -1))], []).Orders;

        var again = MonthMerge.Merge(May, segment, [Order("2", Line("A", -1)), Order("1", Line("A", 1), Line("B", 2))], []);

        Assert.False(again.Changed);
        Assert.Equal(2, again.Orders.Count);
    }

    [Fact]
    public void Merge_OlderVersionImported_KeepsTheSegments()
    {
        var merged = MonthMerge.Merge(May, [Order("1", Line("A", 1))], [Order("1", Line("B", 1)) with { UpdatedAt = Noon.AddDays(-1) }], []);

        Assert.False(merged.Changed);
        Assert.Equal("A", merged.Orders[0].Lines[0].Sku.Value);
    }

    [Fact]
    public void Merge_EquallyNewVersions_TakesReceivedThenImportedThenSegment()
    {
        Order[] segment = [Order("1", Line("S", 1)), Order("2", Line("S", 1)), Order("3", Line("S", 1))];
        Order[] imported = [Order("1", Line("I", 1)), Order("2", Line("I", 1))];

        var merged = MonthMerge.Merge(May, segment, imported, [Order("1", Line("R", 1))]);

        Assert.Equal(["R", "I", "S"], merged.Orders.Select(order => order.Lines[0].Sku.Value));
    }

    [Fact]
    public void Merge_OrderCancelledSinceTheImport_StaysAway()
    {
        var cancelled = Order("1", Line("A", 1)) with { Cancelled = true, UpdatedAt = Noon.AddDays(1) };

        var merged = MonthMerge.Merge(May, [], [Order("1", Line("A", 1))], [cancelled]);

        Assert.Empty(merged.Orders);
        Assert.Empty(merged.Gone);
    }

    [Fact]
    public void Merge_ImportCancelsAnOrder_TakesItsRowsAndRemembersIt()
    {
        var cancelled = Order("1", Line("A", 1)) with { Cancelled = true, UpdatedAt = Noon.AddDays(1) };

        var merged = MonthMerge.Merge(May, [Order("1", Line("A", 1))], [cancelled], [Order("1", Line("A", 1))]);

        Assert.True(merged.Changed);
        Assert.Empty(merged.Orders);
        Assert.Equal([cancelled], merged.Gone);
    }

    [Fact]
    public void Merge_OrderMovedToAnotherMonth_LeavesThisOne()
    {
        var moved = Order("1") with { OrderedAt = Noon.AddMonths(1), UpdatedAt = Noon.AddMonths(1) };

        var merged = MonthMerge.Merge(May, [Order("1", Line("A", 1))], [moved], []);

        Assert.True(merged.Changed);
        Assert.Empty(merged.Orders);
        Assert.Empty(merged.Gone);
    }

    [Fact]
    public void Merge_LineWithRefundsTakenOff_HoldsWhatWasKept()
    {
        var partly = new OrderLine(new Sku("A"), 3, 1, new Money(2, "USD"));
        var wholly = new OrderLine(new Sku("B"), 2, 0, new Money(2, "USD"));

        var merged = MonthMerge.Merge(May, [], [Order("1", partly, wholly, Line("C", -2))], []);

        Assert.Equal([("A", 1, 1), ("C", -2, -2)], merged.Orders[0].Lines.Select(line => (line.Sku.Value, line.Quantity, line.Kept)));
    }

    private static Order Order(string id, params OrderLine[] lines) => new(new OrderId(id), null, Noon, Noon, lines);

    private static OrderLine Line(string sku, int quantity) => new(new Sku(sku), quantity, quantity, new Money(1.5m, "USD"));
}
