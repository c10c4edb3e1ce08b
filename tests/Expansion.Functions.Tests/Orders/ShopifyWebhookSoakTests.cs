using System.Collections.Concurrent;
using System.Globalization;
using Azure.Storage.Queues;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.LocalHost.Azurite;
using Expansion.Testing;
using Expansion.Testing.Shopify;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Functions.Tests.Orders;

/// <summary>The whole way from webhook to order store: deliveries that come repeatedly and in no order, over storage that goes away, leave every order once and at its newest.</summary>
[Trait("Category", "Azurite")]
public sealed class ShopifyWebhookSoakTests(ITestOutputHelper output) : IDisposable
{
    private const int Senders = 8;
    private static readonly int[] RestartsAfter = [300, 650];

    /// <summary>Shopify waits 5 s. A less patient sender meets more failures, and repeats what is still being handled.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly string _location = Directory.CreateTempSubdirectory("soak-").FullName;
    private readonly DeliveryPlan _plan = new();
    private int _answered;
    private int _failed;

    public void Dispose() => Directory.Delete(_location, recursive: true);

    [Fact]
    public async Task Deliveries_ShuffledAndRepeatedWhileStorageRestartsTwice_LeaveEveryOrderOnceAtItsNewest()
    {
        var start = TimeProvider.System.GetTimestamp();
        var azurite = await AzuriteProcess.StartAsync(new() { Location = _location });
        try
        {
            await using var host = await TestHost.StartAsync(azurite.ConnectionString(AzuriteAccount.Development), new() { Settings = ShopifySender.Settings });
            var deliveries = new ConcurrentQueue<PlannedDelivery>(_plan.Deliveries);
            var sending = Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => SendAsync(deliveries, host.Client)));
            foreach (var restart in RestartsAfter)
            {
                await Eventually.TrueAsync(() => _answered >= restart, $"{restart} deliveries answered", TimeSpan.FromMinutes(2));
                var failedBefore = _failed;

                // By its standard input, as when its starter ends, and not by killing it: Azurite saves its state on a clean close only, so that a kill
                // would take back what it has confirmed, which no storage service does. Its clients see it vanish in the middle of their work all the same.
                await azurite.DisposeAsync();
                await Eventually.TrueAsync(() => _failed > failedBefore, "a delivery fails while storage is away");
                azurite = await AzuriteProcess.StartAsync(new() { Location = _location, Ports = azurite.Ports });
            }

            await sending;
            output.WriteLine($"{_answered} answered, {_failed} failed and repeated, {_plan.Unique} different, after {TimeProvider.System.GetElapsedTime(start)}");
            await AssertOutcomeAsync(host, azurite.ConnectionString(AzuriteAccount.Development));
            output.WriteLine($"All stored after {TimeProvider.System.GetElapsedTime(start)}");
        }
        finally
        {
            await azurite.DisposeAsync();
        }
    }

    /// <summary>Whatever isn't answered with 2xx in time is sent again, after others.</summary>
    private async Task SendAsync(ConcurrentQueue<PlannedDelivery> deliveries, HttpClient client)
    {
        while (deliveries.TryDequeue(out var delivery))
        {
            if (await IsTakenAsync(delivery, client))
            {
                Interlocked.Increment(ref _answered);
            }
            else
            {
                Interlocked.Increment(ref _failed);
                deliveries.Enqueue(delivery);
            }
        }
    }

    private static async Task<bool> IsTakenAsync(PlannedDelivery delivery, HttpClient client)
    {
        var headers = ShopifySender.Headers(delivery.Topic, delivery.Body);
        headers["X-Shopify-Webhook-Id"] = delivery.Id;
        headers["X-Shopify-Triggered-At"] = delivery.TriggeredAt.ToString("O", CultureInfo.InvariantCulture);
        using var request = ShopifySender.Request(headers, delivery.Body);
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            using var response = await client.SendAsync(request, timeout.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task AssertOutcomeAsync(TestHost host, string storage)
    {
        var queue = new QueueClient(storage, OrderReceived.Queue);
        await Eventually.TrueAsync(
            async () => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0, "every message is dealt with", TimeSpan.FromMinutes(2));
        Assert.False(await new QueueClient(storage, OrderReceived.Queue + "-poison").ExistsAsync());

        var stored = new List<Order>();
        var store = host.Services.GetRequiredService<IOrderStore>();
        for (var month = new YearMonth(2025, 12); month.CompareTo(new YearMonth(2026, 7)) < 0; month = month.AddMonths(1))
        {
            await foreach (var order in store.ReadAsync(ShopId.From(ShopifySender.Shop), month, TestContext.Current.CancellationToken))
            {
                stored.Add(order);
            }
        }

        Assert.Equal(_plan.Orders.Select(order => order.Id).Order(StringComparer.Ordinal), stored.Select(order => order.Id.Value).Order(StringComparer.Ordinal));
        var found = stored.ToDictionary(order => order.Id.Value);
        Assert.All(_plan.Orders, planned =>
        {
            var order = found[planned.Id];
            Assert.Equal((planned.Cancelled, planned.UpdatedAt.ToUnixTimeSeconds()), (order.Cancelled, order.UpdatedAt.ToUnixTimeSeconds()));
            Assert.Equal(planned.Lines, order.Lines.Select(line => (line.Sku.Value, line.Kept)));
        });
    }
}
