using Azure.Data.Tables;
using Expansion.Engine.Orders;
using Expansion.Storage.Tables;
using Expansion.Testing;
using static Expansion.Storage.Tests.Given;

namespace Expansion.Storage.Tests.Tables;

/// <summary>Each case is ended at its first request, its second, … until one gets through, and tried again as the queue would.</summary>
[Trait("Category", "Azurite")]
public sealed class OrderTableCrashTests(AzuriteFixture azurite)
{
    private const int FewestRequests = 5;
    private const int MostRequests = 20;

    [Fact]
    public Task SaveAsync_NewOrderWithARefund_SurvivesAnyCrash() => SurvivesAsync(
        before: orders => orders.SaveAsync(Shop, Refund("r1"), default),
        crashing: orders => orders.SaveAsync(Shop, Order(), default),
        after: async orders =>
        {
            Assert.Equal([2, 1], (await orders.OnlyOrderAsync(March)).Lines.Select(line => line.Kept));
            Assert.Equal([March], await orders.MarkedAsync());
        });

    [Fact]
    public Task SaveAsync_RefundOfAnOrder_SurvivesAnyCrash() => SurvivesAsync(
        before: orders => orders.SaveAsync(Shop, Order(), default),
        crashing: orders => orders.SaveAsync(Shop, Refund("r1"), default),
        after: async orders =>
        {
            Assert.Equal([2, 1], (await orders.OnlyOrderAsync(March)).Lines.Select(line => line.Kept));
            Assert.Equal([March], await orders.MarkedAsync());
        });

    [Fact]
    public Task SaveAsync_OrderThatMoves_SurvivesAnyCrash() => SurvivesAsync(
        before: orders => orders.SaveAsync(Shop, Order("1001", 0), default),
        crashing: orders => orders.SaveAsync(Shop, Order("1001", 1).InApril(), default),
        after: async orders =>
        {
            Assert.Empty(await orders.OrdersAsync(March));
            await orders.OnlyOrderAsync(April);
            Assert.Equal([March, April], await orders.MarkedAsync());
        });

    [Fact]
    public Task SaveAsync_OlderVersionRetriedAfterTheOrderMovedOn_LeavesNothingBehind() => SurvivesAsync(
        before: _ => Task.CompletedTask,
        crashing: orders => orders.SaveAsync(Shop, Order("1001", 0), default),
        meanwhile: orders => orders.SaveAsync(Shop, Order("1001", 1).InApril(), default),
        after: async orders =>
        {
            Assert.Empty(await orders.OrdersAsync(March));
            await orders.OnlyOrderAsync(April);
        });

    private async Task SurvivesAsync(Func<IOrderStore, Task> before, Func<IOrderStore, Task> crashing, Func<IOrderStore, Task> after, Func<IOrderStore, Task>? meanwhile = null)
    {
        foreach (var afterwards in new[] { false, true })
        {
            // The first request only creates the table.
            var request = 1;
            while (await CrashesAsync(request, afterwards))
            {
                request++;
            }

            Assert.InRange(request, FewestRequests, MostRequests);
        }

        async Task<bool> CrashesAsync(int request, bool afterwards)
        {
            var account = azurite.NewAccount();
            var orders = new OrderTable(new TableServiceClient(account));
            await before(orders);
            foreach (var mark in await orders.ChangedMonthsAsync(Shop, default))
            {
                await orders.ClearAsync(Shop, mark, default);
            }

            var faults = new Faults(request, afterwards);
            var crash = await Record.ExceptionAsync(() => crashing(new OrderTable(Faults.Client(account, faults))));
            Assert.Equal(faults.Struck, crash is Faults.CrashException);

            await (meanwhile?.Invoke(orders) ?? Task.CompletedTask);
            await crashing(orders);
            await after(orders);
            return faults.Struck;
        }
    }
}
