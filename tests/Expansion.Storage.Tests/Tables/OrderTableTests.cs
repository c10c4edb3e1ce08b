using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Storage.Tables;
using Expansion.Testing;
using static Expansion.Storage.Tests.Given;

namespace Expansion.Storage.Tests.Tables;

[Trait("Category", "Azurite")]
public sealed class OrderTableTests(AzuriteFixture azurite)
{
    private readonly OrderTable _orders = new(new TableServiceClient(azurite.NewAccount()));

    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(1, 3, 2)]
    [InlineData(2, 1, 3)]
    [InlineData(2, 3, 1)]
    [InlineData(3, 1, 2)]
    [InlineData(3, 2, 1)]
    public async Task SaveAsync_ThreeVersionsInAnyOrder_TheNewestStays(params int[] arrival)
    {
        foreach (var version in arrival)
        {
            await _orders.SaveAsync(Shop, Order("1001", version, Line("beans", version)), default);
        }

        var stored = await _orders.OnlyOrderAsync(March);
        Assert.Equal(Noon.AddMinutes(3), stored.UpdatedAt);
        Assert.Equal(3, Assert.Single(stored.Lines).Quantity);
        Assert.Equal([March], await _orders.MarkedAsync());
    }

    [Fact]
    public async Task SaveAsync_EveryField_ComesBack()
    {
        var order = Order() with
        {
            CustomerId = null,
            Lines = [new OrderLine(new Sku("Kaffee/№1#?\\ ☕"), 5, 4, new Money(0.3333333333m, "JPY")) { Id = "gid://shopify/LineItem/1", Title = "Größe \"L\"" }, Line("back", -2)],
        };

        await _orders.SaveAsync(Shop, order, default);

        var stored = await _orders.OnlyOrderAsync(March);
        Assert.Equal(order.Lines, stored.Lines);
        Assert.Equal(order, stored with { Lines = order.Lines });
    }

    [Fact]
    public async Task SaveAsync_EquallyNew_TheIncomingReplacesAndMarks()
    {
        await _orders.SaveAsync(Shop, Order(), default);
        var mark = Assert.Single(await _orders.ChangedMonthsAsync(Shop, default));

        await _orders.SaveAsync(Shop, Order("1001", 0, Line("tea")), default);

        Assert.Equal("tea", Assert.Single((await _orders.OnlyOrderAsync(March)).Lines).Sku.Value);
        Assert.NotEqual(mark, Assert.Single(await _orders.ChangedMonthsAsync(Shop, default)));
    }

    [Fact]
    public async Task SaveAsync_AnOlderVersion_MarksNothing()
    {
        await _orders.SaveAsync(Shop, Order("1001", 2), default);
        var mark = Assert.Single(await _orders.ChangedMonthsAsync(Shop, default));

        await _orders.SaveAsync(Shop, Order("1001", 1), default);

        Assert.Equal(mark, Assert.Single(await _orders.ChangedMonthsAsync(Shop, default)));
    }

    [Fact]
    public async Task SaveAsync_CancelledThenOlderVersion_StaysCancelled()
    {
        await _orders.SaveAsync(Shop, Order("1001", 2) with { Cancelled = true }, default);
        await _orders.SaveAsync(Shop, Order("1001", 1), default);

        Assert.True((await _orders.OnlyOrderAsync(March)).Cancelled);
    }

    [Fact]
    public async Task SaveAsync_RefundAfterItsOrder_IsTakenOffAndMarked()
    {
        await _orders.SaveAsync(Shop, Order(), default);
        await _orders.ClearAsync(Shop, Assert.Single(await _orders.ChangedMonthsAsync(Shop, default)), default);

        await _orders.SaveAsync(Shop, Refund("r1", quantity: 2), default);

        Assert.Equal([1, 1], (await _orders.OnlyOrderAsync(March)).Lines.Select(line => line.Kept));
        Assert.Equal([March], await _orders.MarkedAsync());
    }

    [Fact]
    public async Task SaveAsync_RefundBeforeItsOrder_IsTakenOffWhenThatArrives()
    {
        await _orders.SaveAsync(Shop, Refund("r1", quantity: 2), default);
        Assert.Empty(await _orders.MarkedAsync());

        await _orders.SaveAsync(Shop, Order(), default);

        Assert.Equal([1, 1], (await _orders.OnlyOrderAsync(March)).Lines.Select(line => line.Kept));
    }

    [Fact]
    public async Task SaveAsync_SameRefundTwiceAndAnother_EachCountsOnce()
    {
        await _orders.SaveAsync(Shop, Order(), default);
        await _orders.SaveAsync(Shop, Refund("r1"), default);
        await _orders.SaveAsync(Shop, Refund("r1"), default);
        await _orders.SaveAsync(Shop, Refund("r2"), default);

        Assert.Equal([1, 1], (await _orders.OnlyOrderAsync(March)).Lines.Select(line => line.Kept));
    }

    [Fact]
    public async Task SaveAsync_NewerVersionAfterARefund_TheRefundStaysTakenOff()
    {
        await _orders.SaveAsync(Shop, Order(), default);
        await _orders.SaveAsync(Shop, Refund("r1", quantity: 3), default);
        await _orders.SaveAsync(Shop, Order("1001", 1), default);

        Assert.Equal([0, 1], (await _orders.OnlyOrderAsync(March)).Lines.Select(line => line.Kept));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SaveAsync_AnOrderThatMoves_IsInItsNewMonthOnlyAndBothAreMarked(bool oldVersionLast)
    {
        var (old, moved) = (Order("1001", 0), Order("1001", 1).InApril());
        await _orders.SaveAsync(Shop, oldVersionLast ? moved : old, default);
        await _orders.SaveAsync(Shop, oldVersionLast ? old : moved, default);

        Assert.Empty(await _orders.OrdersAsync(March));
        Assert.Equal(Noon.AddMinutes(1), (await _orders.OnlyOrderAsync(April)).UpdatedAt);
        Assert.Equal([March, April], await _orders.MarkedAsync());
    }

    [Fact]
    public async Task SaveAsync_TenThousandLines_ComeBack()
    {
        var lines = Enumerable.Range(0, 10_000).Select(number => Line($"SKU-{number * 7919}", 1 + (number % 5), $"{14_000_000_000_000 + (number * 32_771L)}") with { Title = $"Product number {number}" });
        var order = Order("big", 0, [.. lines]);

        await _orders.SaveAsync(Shop, order, default);

        Assert.Equal(order.Lines, (await _orders.OnlyOrderAsync(March)).Lines);
    }

    [Fact]
    public async Task SaveAsync_MoreThanARowHolds_IsRefusedWithItsIds()
    {
        var random = new Random(1);
        var lines = Enumerable.Range(0, 30_000).Select(number => Line(string.Concat(Enumerable.Range(0, 60).Select(_ => (char)random.Next('A', 'z')))));

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => _orders.SaveAsync(Shop, Order("huge", 0, [.. lines]), default));

        Assert.Contains("coffee.myshopify.com|2024-03/huge", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gid://shopify/Order/1?a#b\\c")]
    [InlineData("Bestellung 7 %2F ☕ =3D|x")]
    public async Task SaveAsync_AnyOrderId_IsKeptApartFromItsLikes(string id)
    {
        await _orders.SaveAsync(Shop, Order(id), default);
        await _orders.SaveAsync(Shop, Order(Uri.EscapeDataString(id)), default);
        await _orders.SaveAsync(Shop, Refund("r/1", id, "line-1", 3), default);

        var stored = (await _orders.OrdersAsync(March)).ToDictionary(order => order.Id.Value);
        Assert.Equal(0, stored[id].Lines[0].Kept);
        Assert.Equal(3, stored[Uri.EscapeDataString(id)].Lines[0].Kept);
    }

    [Fact]
    public async Task SaveAsync_ManyWritersOfOneOrder_NewestWithEveryRefund()
    {
        var saves = Enumerable.Range(0, 6).Select(version => _orders.SaveAsync(Shop, version % 2 == 0 ? Order("1001", version) : Order("1001", version).InApril(), default))
            .Concat(Enumerable.Range(0, 3).Select(number => _orders.SaveAsync(Shop, Refund($"r{number}"), default)));

        await Task.WhenAll(saves);

        Assert.Empty(await _orders.OrdersAsync(March));
        var stored = await _orders.OnlyOrderAsync(April);
        Assert.Equal(Noon.AddMinutes(5), stored.UpdatedAt);
        Assert.Equal([0, 1], stored.Lines.Select(line => line.Kept));
    }

    [Fact]
    public async Task ClearAsync_AnOrderArrivedSinceTheMarkWasRead_LeavesTheMark()
    {
        await _orders.SaveAsync(Shop, Order("1"), default);
        var folding = Assert.Single(await _orders.ChangedMonthsAsync(Shop, default));
        var folded = await _orders.OrdersAsync(March);
        await _orders.SaveAsync(Shop, Order("2"), default);

        await _orders.ClearAsync(Shop, folding, default);

        Assert.Single(folded);
        var again = Assert.Single(await _orders.ChangedMonthsAsync(Shop, default));
        Assert.Equal(2, (await _orders.OrdersAsync(March)).Count);
        await _orders.ClearAsync(Shop, again, default);
        Assert.Empty(await _orders.MarkedAsync());
    }

    [Fact]
    public async Task ReadAsync_AnotherShop_SeesNothing()
    {
        await _orders.SaveAsync(Shop, Order(), default);

        Assert.Empty(await _orders.ReadAsync(ShopId.From("tea.example"), March, default).ToListAsync());
        Assert.Empty(await _orders.ChangedMonthsAsync(ShopId.From("tea.example"), default));
    }
}
