using System.Collections.Concurrent;
using System.Diagnostics;
using Expansion.Cli.Costs;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Testing;
using Expansion.Testing.Shopify;
using Microsoft.Extensions.DependencyInjection;
using static Expansion.Testing.Shopify.ShopifyBody;

namespace Expansion.Cli.Tests.Costs;

/// <summary>How much storage work a request is: the cost model of docs/operations/capacity.md multiplies these figures.</summary>
[Trait("Category", "Azurite")]
public sealed class StorageCallTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Order_FromWebhookToDecision_IsNoMoreTableWorkThanTheCostModelSays()
    {
        using var calls = new StorageCalls();
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = ShopifySender.Settings });
        // The first order creates tables, queues and shop.
        await SendAsync(host, calls, 1);

        var (tables, queues) = await SendAsync(host, calls, 2);

        const int Lines = 1;
        Assert.InRange(tables, 5, CostModel.TableOperationsPerOrder + Lines);
        Assert.Equal(CostModel.MessagesPerOrder, queues);
    }

    [Fact]
    public async Task Recommendation_ForOneProduct_IsNoMoreTableWorkThanTheCostModelSays()
    {
        using var calls = new StorageCalls();
        await using var host = await TestHost.StartAsync(azurite.NewAccount());
        var shop = ShopId.From("coffee.example");
        await host.Services.GetRequiredService<Engine.Shops.IShopStore>().EnsureAsync(shop, default);
        var affinities = host.Services.GetRequiredService<IAffinityStore>();
        var generation = new AffinityGeneration("1", DateTimeOffset.UtcNow, new(2026, 1), new(2026, 1), 1, 1, 1);
        await affinities.WriteAsync(shop, generation, [], default);
        await affinities.PublishAsync(shop, generation, default);

        // The first question fills what is kept in memory.
        await AskAsync(host, calls, shop);

        var (tables, _) = await AskAsync(host, calls, shop);

        Assert.InRange(tables, 0, CostModel.TableOperationsPerRecommendation + 1);
    }

    private static Task<(int Tables, int Queues)> AskAsync(TestHost host, StorageCalls calls, ShopId shop) => calls.CountAsync(async trace =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/recommendations?shop={shop}&product=beans");
        request.Headers.Add("traceparent", trace);
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(200, (int)answer.StatusCode);
    });

    private static Task<(int Tables, int Queues)> SendAsync(TestHost host, StorageCalls calls, int number) => calls.CountAsync(async trace =>
    {
        using var spans = new SpanLog();
        var body = Order(number, Line(1, "beans")).Bytes();
        var headers = ShopifySender.Headers("orders/create", body);
        headers["X-Shopify-Webhook-Id"] = $"delivery-{number}";
        headers["traceparent"] = trace;
        using var answer = await host.Client.SendAsync(ShopifySender.Request(headers, body));
        Assert.Equal(200, (int)answer.StatusCode);
        await Eventually.TrueAsync(() => spans.Of(trace.Split('-')[1]).Contains("EvaluateSignals"), "the purchase was evaluated");
    });

    /// <summary>The calls of a trace to the emulator's services, by the path that tells tables from queues.</summary>
    private sealed class StorageCalls : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _calls = new();
        private readonly ActivityListener _listener;

        public StorageCalls()
        {
            _listener = new()
            {
                ShouldListenTo = source => source.Name == "System.Net.Http",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = _calls.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public async Task<(int Tables, int Queues)> CountAsync(Func<string, Task> act)
        {
            var trace = $"{Guid.NewGuid():N}";
            await act($"00-{trace}-00f067aa0ba902b7-01");
            var addresses = _calls.Where(call => call.TraceId.ToHexString() == trace).Select(call => call.GetTagItem("url.full") as string ?? "").ToList();
            return (addresses.Count(address => IsTable(address)), addresses.Count(address => address.Contains("/messages", StringComparison.Ordinal)));
        }

        public void Dispose() => _listener.Dispose();

        /// <summary>Rows are addressed as Table(PartitionKey='…'), Table() and $batch.</summary>
        private static bool IsTable(string address) => address.Contains('(', StringComparison.Ordinal) || address.Contains("$batch", StringComparison.Ordinal);
    }
}
