using Azure.Storage.Blobs;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Storage.Segments;
using Expansion.Testing;
using static Expansion.Storage.Tests.Given;

namespace Expansion.Storage.Tests.Segments;

[Trait("Category", "Azurite")]
public sealed class BasketSegmentsTests(AzuriteFixture azurite)
{
    private readonly BasketSegments _segments = new(new BlobServiceClient(azurite.NewAccount()));

    [Fact]
    public async Task ReadAsync_NoSegment_IsEmptyWithoutAVersion()
    {
        var month = await _segments.ReadAsync(Shop, March, default);

        Assert.Empty(month.Orders);
        Assert.Null(month.Version);
        Assert.Empty(await _segments.ReadColumnsAsync(Shop, March, default).ToListAsync());
        Assert.Empty(await _segments.ListAsync(Shop, default));
    }

    [Fact]
    public async Task WriteAsync_ThenRead_SameOrdersUnderTheVersionOfTheList()
    {
        Assert.True(await _segments.WriteAsync(Shop, March, new MonthOrders([Order("1"), Order("2")], null), default));
        Assert.True(await _segments.WriteAsync(Shop, April, new MonthOrders([Order("3").InApril()], null), default));
        Assert.True(await _segments.WriteAsync(ShopId.From("tea.example"), March, new MonthOrders([Order("4")], null), default));

        var read = await _segments.ReadAsync(Shop, March, default);
        var listed = await _segments.ListAsync(Shop, default);

        Assert.Equal(["1", "2"], read.Orders.Select(order => order.Id.Value));
        Assert.Equal([March, April], listed.Select(segment => segment.Month));
        Assert.Equal(read.Version, listed[0].Version);
        Assert.True(listed[0].Bytes > 0);
        Assert.Equal(4, Assert.Single(await _segments.ReadColumnsAsync(Shop, March, default).ToListAsync()).Quantities.Length);
    }

    [Fact]
    public async Task WriteAsync_SomebodyElseWasFaster_IsFalseAndChangesNothing()
    {
        await _segments.WriteAsync(Shop, March, new MonthOrders([Order("1")], null), default);
        var read = await _segments.ReadAsync(Shop, March, default);
        Assert.True(await _segments.WriteAsync(Shop, March, read with { Orders = [Order("2")] }, default));

        Assert.False(await _segments.WriteAsync(Shop, March, read with { Orders = [Order("3")] }, default));
        Assert.False(await _segments.WriteAsync(Shop, March, new MonthOrders([Order("3")], null), default));

        var now = await _segments.ReadAsync(Shop, March, default);
        Assert.Equal("2", Assert.Single(now.Orders).Id.Value);
        Assert.NotEqual(read.Version, now.Version);
    }

    [Fact]
    public async Task WriteAsync_VersionFromTheList_IsTheOneThatCanBeReplaced()
    {
        await _segments.WriteAsync(Shop, March, new MonthOrders([Order("1")], null), default);
        var listed = Assert.Single(await _segments.ListAsync(Shop, default));

        Assert.True(await _segments.WriteAsync(Shop, March, new MonthOrders([], listed.Version), default));
        Assert.Empty((await _segments.ReadAsync(Shop, March, default)).Orders);
    }
}
