using Azure.Data.Tables;
using Expansion.Engine.Orders;
using Expansion.Storage.Tables;
using Expansion.Testing;
using static Expansion.Storage.Tests.Given;

namespace Expansion.Storage.Tests.Tables;

/// <summary>Each case is overtaken before its first request, before its second, … until it is through first.</summary>
[Trait("Category", "Azurite")]
public sealed class OrderTableRaceTests(AzuriteFixture azurite)
{
    private const int FewestRequests = 4;

    [Fact]
    public Task SaveAsync_OvertakenByANewerVersion_TheNewerStays() => OvertakenAsync(
        slow: orders => orders.SaveAsync(Shop, Order("1001", 0), default),
        fast: orders => orders.SaveAsync(Shop, Order("1001", 1), default),
        after: async orders => Assert.Equal(Noon.AddMinutes(1), (await orders.OnlyOrderAsync(March)).UpdatedAt));

    [Fact]
    public Task SaveAsync_OvertakenByANewerVersionInAnotherMonth_IsInThatOnly() => OvertakenAsync(
        slow: orders => orders.SaveAsync(Shop, Order("1001", 0), default),
        fast: orders => orders.SaveAsync(Shop, Order("1001", 1).InApril(), default),
        after: async orders =>
        {
            Assert.Empty(await orders.OrdersAsync(March));
            await orders.OnlyOrderAsync(April);
        });

    [Fact]
    public Task SaveAsync_MovingAnOrderThatMovesBackMeanwhile_IsInItsNewestMonthOnly() => OvertakenAsync(
        before: orders => orders.SaveAsync(Shop, Order("1001", 0), default),
        slow: orders => orders.SaveAsync(Shop, Order("1001", 1).InApril(), default),
        fast: orders => orders.SaveAsync(Shop, Order("1001", 2), default),
        after: async orders =>
        {
            Assert.Empty(await orders.OrdersAsync(April));
            Assert.Equal(Noon.AddMinutes(2), (await orders.OnlyOrderAsync(March)).UpdatedAt);
        });

    [Fact]
    public Task SaveAsync_OrderOvertakenByItsRefund_IsLessTheRefund() => OvertakenAsync(
        slow: orders => orders.SaveAsync(Shop, Order(), default),
        fast: orders => orders.SaveAsync(Shop, Refund("r1"), default),
        after: async orders => Assert.Equal([2, 1], (await orders.OnlyOrderAsync(March)).Lines.Select(line => line.Kept)));

    [Fact]
    public Task SaveAsync_RefundOvertakenByItsOrder_IsTakenOff() => OvertakenAsync(
        slow: orders => orders.SaveAsync(Shop, Refund("r1"), default),
        fast: orders => orders.SaveAsync(Shop, Order(), default),
        after: async orders => Assert.Equal([2, 1], (await orders.OnlyOrderAsync(March)).Lines.Select(line => line.Kept)),
        fewest: 2);

    [Fact]
    public Task SaveAsync_RefundOvertakenByANewerVersion_IsTakenOffThatOne() => OvertakenAsync(
        before: orders => orders.SaveAsync(Shop, Order("1001", 0), default),
        slow: orders => orders.SaveAsync(Shop, Refund("r1"), default),
        fast: orders => orders.SaveAsync(Shop, Order("1001", 1), default),
        after: async orders =>
        {
            var stored = await orders.OnlyOrderAsync(March);
            Assert.Equal(Noon.AddMinutes(1), stored.UpdatedAt);
            Assert.Equal([2, 1], stored.Lines.Select(line => line.Kept));
        });

    [Fact]
    public Task SaveAsync_OvertakenByAFold_LeavesItsMonthMarked() => OvertakenAsync(
        slow: orders => orders.SaveAsync(Shop, Order(), default),
        fast: FoldAsync,
        after: async orders => Assert.True(await FoldAsync(orders) > 0));

    /// <returns>How many orders were folded, of months that were marked.</returns>
    private static async Task<int> FoldAsync(IOrderStore orders)
    {
        var folded = 0;
        foreach (var mark in await orders.ChangedMonthsAsync(Shop, default))
        {
            folded += (await orders.OrdersAsync(mark.Month)).Count;
            await orders.ClearAsync(Shop, mark, default);
        }

        return folded;
    }

    private async Task OvertakenAsync(
        Func<IOrderStore, Task> slow, Func<IOrderStore, Task> fast, Func<IOrderStore, Task> after, Func<IOrderStore, Task>? before = null, int fewest = FewestRequests)
    {
        // The first request only creates the table.
        var request = 1;
        while (await HappensAsync())
        {
            request++;
        }

        Assert.InRange(request - 1, fewest, 20);

        async Task<bool> HappensAsync()
        {
            var account = azurite.NewAccount();
            var orders = new OrderTable(new TableServiceClient(account));
            await (before?.Invoke(orders) ?? Task.CompletedTask);
            var overtaking = new Overtaking(request, () => fast(orders));
            await slow(new OrderTable(Overtaking.Client(account, overtaking)));
            if (overtaking.Happened)
            {
                await after(orders);
            }

            return overtaking.Happened;
        }
    }
}
