using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Storage.Segments;
using static Expansion.Storage.Tests.Given;

namespace Expansion.Storage.Tests.Segments;

public sealed class SegmentFileTests
{
    [Fact]
    public async Task ReadOrders_WhatWasWritten_IsWhatWasKeptByTimeThenOrder()
    {
        var late = Order("b", 5, Line("SKU/1#?\\ ☕", 2), Line("again"), Line("again")) with { OrderedAt = Noon.AddTicks(10), CustomerId = null };
        var early = Order("z", 1, new OrderLine(new Sku("part"), 3, 2, new Money(0.123456m, "USD")) { Id = "l", Title = "T" }, Line("gone") with { Kept = 0 }, Line("back", -4));
        var file = await WriteAsync(late, early with { Id = new OrderId("a") }, early, Order("x") with { Cancelled = true }, Order("y", 0, Line("gone") with { Kept = 0 }));

        var read = await SegmentReader.ReadOrdersAsync(file, default).ToListAsync();

        Assert.Equal(["a", "z", "b"], read.Select(order => order.Id.Value));
        Assert.Equal([new OrderLine(new Sku("part"), 2, 2, new Money(0.123456m, "USD")), Line("back", -4)], read[1].Lines);
        Assert.Equal(late.Lines, read[2].Lines);
        Assert.Equal(early with { Lines = read[1].Lines }, read[1]);
        Assert.Equal(late with { Lines = read[2].Lines }, read[2]);
    }

    [Fact]
    public async Task ReadColumns_ThreeOrdersInTwoRowGroups_NoOrderIsSplit()
    {
        var file = new MemoryStream();
        await SegmentWriter.WriteAsync(
            [Order("1", 0, Line("a"), Line("b", 2)), Order("2", 0, Line("b"), Line("a", -1), Line("c")), Order("3", 0, Line("c"))], file, default, maxRows: 4);

        var groups = await SegmentReader.ReadColumnsAsync(file, default).ToListAsync();

        Assert.Equal([[0, 2], [0, 3, 4]], groups.Select(group => group.OrderStarts));
        Assert.Equal([["a", "b"], ["b", "a", "c", "c"]], groups.Select(group => group.Skus.Select(sku => group.SkuNames[sku])));
        Assert.Equal([[1, 2], [1, -1, 1, 1]], groups.Select(group => group.Quantities));
        Assert.All(groups, group => Assert.Equal(group.SkuNames.Length, group.SkuNames.Distinct().Count()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    public async Task ReadColumns_WithAndWithoutADictionaryPage_AreAlike(int distinct)
    {
        // More than 80 % different values: the writer does without a dictionary page.
        var orders = Enumerable.Range(0, 500).Select(number => Order($"{number:D3}", 0, Line($"sku-{number % distinct}"))).ToArray();

        var columns = Assert.Single(await SegmentReader.ReadColumnsAsync(await WriteAsync(orders), default).ToListAsync());

        Assert.Equal(distinct, columns.SkuNames.Length);
        Assert.Equal(orders.Select(order => order.Lines[0].Sku.Value), columns.Skus.Select(sku => columns.SkuNames[sku]));
        Assert.Equal(Enumerable.Range(0, 501), columns.OrderStarts);
    }

    [Fact]
    public async Task Write_NoOrders_IsAFileWithoutRows()
    {
        var file = await WriteAsync();

        Assert.Empty(await SegmentReader.ReadOrdersAsync(file, default).ToListAsync());
    }

    [Fact]
    public async Task Write_APriceOfThirteenDigits_IsRefusedWithItsOrder()
    {
        var order = Order("1001", 0, Line("beans") with { UnitPrice = new Money(1_000_000_000_000m, "EUR") });

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(order));

        Assert.Contains("1001", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<MemoryStream> WriteAsync(params Order[] orders)
    {
        var file = new MemoryStream();
        await SegmentWriter.WriteAsync(orders, file, default);
        return file;
    }
}
