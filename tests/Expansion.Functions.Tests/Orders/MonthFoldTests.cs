using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Functions.Orders;
using Expansion.Testing.Fakes;
using Moq;

namespace Expansion.Functions.Tests.Orders;

public sealed class MonthFoldTests
{
    private static readonly ShopId Shop = ShopId.From("coffee.example");
    private static readonly DateTimeOffset Noon = new(2026, 5, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly YearMonth May = YearMonth.Of(Noon);

    private readonly MemoryBasketSegments _segments = new();
    private readonly MemoryOrderStore _orders = new();

    [Fact]
    public async Task FoldAsync_OrderReceived_GoesIntoTheSegmentOnce()
    {
        await _orders.SaveAsync(Shop, Order("1", 2), TestContext.Current.CancellationToken);

        Assert.True(await FoldAsync());
        Assert.False(await FoldAsync());
        Assert.Equal("1", Assert.Single((await _segments.ReadAsync(Shop, May, default)).Orders).Id.Value);
        Assert.Equal(1, _segments.Writes);
    }

    [Fact]
    public async Task FoldAsync_SomebodyElseIsFaster_ReadsAgainAndWrites()
    {
        _segments.RacesToLose = 3;

        Assert.True(await FoldAsync(Order("1", 2)));
        Assert.Single((await _segments.ReadAsync(Shop, May, default)).Orders);
    }

    [Fact]
    public async Task FoldAsync_SomebodyElseIsAlwaysFaster_GivesUp()
    {
        _segments.RacesToLose = int.MaxValue;

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => FoldAsync(Order("1", 2)));

        Assert.Contains("coffee.example for 2026-05", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FoldAsync_ImportedCancellation_IsRememberedSoThatAnOlderImportCantUndoIt()
    {
        await FoldAsync(Order("1", 2));
        await FoldAsync(Order("1", 2) with { Cancelled = true, UpdatedAt = Noon.AddDays(1) });

        Assert.False(await FoldAsync(Order("1", 2)));
        Assert.Empty((await _segments.ReadAsync(Shop, May, default)).Orders);
        Assert.Equal(1, _orders.Saves);
    }

    private Task<bool> FoldAsync(params Order[] imported) => new MonthFold(_segments, _orders, new(new MemoryErasedStore(), Mock.Of<IInbox>(), TimeProvider.System)).FoldAsync(Shop, May, imported, TestContext.Current.CancellationToken);

    private static Order Order(string id, int quantity) => new(new OrderId(id), null, Noon, Noon, [new OrderLine(new Sku("A"), quantity, quantity, new Money(1, "USD"))]);
}
