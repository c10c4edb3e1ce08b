using System.Collections.Concurrent;
using System.Net.Http.Json;
using Expansion.Testing;
using Expansion.Testing.Shopify;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static Expansion.Testing.Shopify.ShopifyBody;

namespace Expansion.Functions.Tests.Operations;

/// <summary>Everything that the app and its libraries log, at every level, while secrets and people's data pass through.</summary>
[Trait("Category", "Azurite")]
public sealed class LogTests(AzuriteFixture azurite)
{
    private const string Key = "a-key-nobody-may-see";
    private const string Email = "jane.doe@example.com";

    [Fact]
    public async Task Log_OfWebhooksKeysAndFailures_HoldsNoSecretAndNobodysAddress()
    {
        var log = new EverythingLog();
        var settings = new Dictionary<string, string?>(ShopifySender.Settings)
        {
            ["LocalHost:Keys:Host"] = Key,
            ["AzureFunctionsJobHost:logging:logLevel:default"] = "Trace",
        };
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = settings, Services = services => services.AddSingleton<ILoggerProvider>(log) });
        var order = Order(1, Line(1, "beans"));
        order["email"] = Email;
        var body = order.Bytes();
        var signature = ShopifySender.Sign(body);

        using var taken = await host.Client.SendAsync(ShopifySender.Request(ShopifySender.Headers("orders/create", body), body));
        using var forged = await host.Client.SendAsync(ShopifySender.Request(ShopifySender.Headers("orders/create", body, "wrong"), body));
        using var malformed = await host.Client.SendAsync(ShopifySender.Request(ShopifySender.Headers("orders/create", "{"u8.ToArray()), "{"u8.ToArray()));
        using var asked = await host.Client.GetAsync($"/api/recommendations?shop={ShopifySender.Shop}&product=beans&code={Key}");
        using var refused = await host.Client.PostAsJsonAsync($"/api/offers/next?code={Key}", new { shop = ShopifySender.Shop, customer = 42, email = Email });
        await Eventually.TrueAsync(() => log.Lines.Any(line => line.EndsWith(": 1 lines ", StringComparison.Ordinal)), "the order is processed");

        Assert.Equal((200, 401), ((int)taken.StatusCode, (int)forged.StatusCode));
        Assert.Contains(log.Lines, line => line.Contains("refused", StringComparison.Ordinal));
        Assert.All(new[] { ShopifySender.Secret, signature, Key, Email, "dGVzdA==" }, secret => Assert.DoesNotContain(log.Lines, line => line.Contains(secret, StringComparison.Ordinal)));
    }

    private sealed class EverythingLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
