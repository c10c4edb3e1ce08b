using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;
using Expansion.Testing;
using Expansion.Testing.Shopify;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moq;
using static Expansion.Testing.Shopify.ShopifyBody;

namespace Expansion.Functions.Tests.Operations;

[Trait("Category", "Azurite")]
public sealed class OperationsApiTests(AzuriteFixture azurite)
{
    private static readonly TestHostOptions WithoutOrders = new() { Settings = new Dictionary<string, string?>(ShopifySender.Settings) { ["AzureWebJobs.ProcessOrder.Disabled"] = "true" } };

    [Theory]
    [InlineData("", 200, "ready")]
    [InlineData("?probe=ready", 200, "ready")]
    [InlineData("?probe=live", 200, "live")]
    public async Task GetHealth_EmptyStorage_IsWell(string query, int status, string expected)
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount());

        using var answer = await host.Client.GetAsync($"/api/health{query}");

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(expected, (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["status"]);
    }

    [Fact]
    public async Task GetHealth_StorageIsAway_Is503()
    {
        var shops = new Mock<IShopStore>();
        shops.Setup(store => store.ListAsync(It.IsAny<CancellationToken>())).Throws(new Azure.RequestFailedException("away"));
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Services = services => services.AddSingleton(shops.Object) });

        using var answer = await host.Client.GetAsync("/api/health");

        Assert.Equal(503, (int)answer.StatusCode);
        Assert.Equal("""{"status":"broken","checks":{"storage":"broken"}}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Poison_MessageThatFailedForGood_IsListedShownAndReplayed()
    {
        var storage = azurite.NewAccount();
        await using var host = await TestHost.StartAsync(storage, WithoutOrders);
        var poison = new QueueClient(storage, OrderReceived.Queue + "-poison", new() { MessageEncoding = QueueMessageEncoding.Base64 });
        await poison.CreateAsync();
        foreach (var number in Enumerable.Range(1, 40))
        {
            await poison.SendMessageAsync($$"""{"shop":"coffee.example","number":{{number}}}""");
        }

        var listed = await host.Client.GetFromJsonAsync<JsonObject>("/api/operations/poison");
        var shown = await host.Client.GetFromJsonAsync<JsonObject>("/api/operations/poison/order-received?limit=2");
        using var first = await host.Client.PostAsync("/api/operations/poison/order-received/replay?limit=1", null);
        using var rest = await host.Client.PostAsync("/api/operations/poison/order-received/replay", null);

        Assert.Equal(("order-received", 40), ((string?)listed!["items"]![0]!["queue"], (int?)listed["items"]![0]!["messages"]));
        Assert.Equal("""{"shop":"coffee.example","number":1}""", (string?)shown!["items"]![0]!["body"]);
        Assert.Equal(2, shown["items"]!.AsArray().Count);
        Assert.Equal(1, (int?)(await first.Content.ReadFromJsonAsync<JsonObject>())!["replayed"]);
        Assert.Equal(39, (int?)(await rest.Content.ReadFromJsonAsync<JsonObject>())!["replayed"]);
        var queue = new QueueClient(storage, OrderReceived.Queue, new() { MessageEncoding = QueueMessageEncoding.Base64 });
        Assert.Equal(40, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
        Assert.Equal(0, (await poison.GetPropertiesAsync()).Value.ApproximateMessagesCount);
        Assert.Equal("""{"shop":"coffee.example","number":1}""", (await queue.PeekMessageAsync()).Value.Body.ToString());
    }

    [Fact]
    public async Task Poison_QueueThatNeverFailed_IsUnknown()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount());

        Assert.Equal(404, (await Problem.OfAsync(await host.Client.GetAsync("/api/operations/poison/order-received"))).Status);
        Assert.Equal(404, (await Problem.OfAsync(await host.Client.PostAsync("/api/operations/poison/order-received/replay", null))).Status);
    }

    [Fact]
    public async Task Trace_OfAWebhook_ReachesTheDecisionTwoQueuesOn()
    {
        using var spans = new SpanLog();
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = ShopifySender.Settings });
        var body = Order(1, Line(1, "beans")).Bytes();
        using var request = ShopifySender.Request(ShopifySender.Headers("orders/create", body), body);
        var trace = $"{Guid.NewGuid():N}";
        request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(200, (int)answer.StatusCode);
        await Eventually.TrueAsync(() => spans.Of(trace).Contains("EvaluateSignals"), "the purchase was evaluated in the webhook's trace");
        Assert.Superset(new HashSet<string> { "ShopifyWebhook", "send order-received", "ProcessOrder", "send signals-received", "EvaluateSignals" }, spans.Of(trace).ToHashSet());
    }

    [Fact]
    public async Task Log_WithTraces_TellsAWebhooksWayOverTheQueues()
    {
        var log = new LineLog();
        var settings = new Dictionary<string, string?>(ShopifySender.Settings) { ["LocalHost:Traces"] = "true" };
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = settings, Services = services => services.AddSingleton<ILoggerProvider>(log) });
        var body = Order(1, Line(1, "beans")).Bytes();
        using var request = ShopifySender.Request(ShopifySender.Headers("orders/create", body), body);
        var trace = $"{Guid.NewGuid():N}";
        request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(200, (int)answer.StatusCode);
        await Eventually.TrueAsync(() => Told("EvaluateSignals"), "the decision's span is in the log");
        Assert.All(["ShopifyWebhook", "ProcessOrder"], name => Assert.True(Told(name), name));

        bool Told(string name) => log.Lines.Any(line => line.StartsWith($"trace {trace} span ", StringComparison.Ordinal) && line.Contains($": {name}, ", StringComparison.Ordinal));
    }

    private sealed class LineLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
