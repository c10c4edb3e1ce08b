using System.Globalization;
using System.Net.Http.Headers;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Expansion.Connectors.Billing;
using Expansion.Connectors.Webhooks;
using Expansion.Engine;
using Expansion.Engine.Metrics.Recurring;
using Expansion.Engine.Orders;
using Expansion.Engine.Timing;
using Expansion.Testing;
using Expansion.Testing.Shopify;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Functions.Tests.Webhooks;

/// <summary>Storage fails at one step of taking what comes in: the sender is told to come again, and what it then sends again counts once, however far the first try had come.</summary>
[Trait("Category", "Azurite")]
public sealed class StorageOutageTests(AzuriteFixture azurite)
{
    private const string StripeSecret = "whsec_test_secret";
    private const string SourceSecret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static readonly ShopId Shop = ShopId.From(ShopifySender.Shop);
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, string?> Settings = new(ShopifySender.Settings)
    {
        ["Billing:Stripe:Accounts:0:Shop"] = ShopifySender.Shop,
        ["Billing:Stripe:Accounts:0:Secrets:0"] = StripeSecret,
        ["Webhooks:Sources:0:Id"] = "app",
        ["Webhooks:Sources:0:Shop"] = ShopifySender.Shop,
        ["Webhooks:Sources:0:Secrets:0"] = SourceSecret,
    };

    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    [Theory]
    [InlineData(nameof(IDeliveryStore.IsKnownAsync))]
    [InlineData(nameof(IRecurringRevenueStore.AddAsync))]
    [InlineData(nameof(IMessageQueue.SendAsync))]
    [InlineData(nameof(IDeliveryStore.RecordAsync))]
    public async Task Outage_AtAStep_IsA5xxAndTheRetryCountsOnce(string step)
    {
        var outage = new Outage(step);
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new()
        {
            Settings = Settings,
            Services = services =>
            {
                outage.Break<IDeliveryStore>(services);
                outage.Break<IRecurringRevenueStore>(services);
                outage.Break<IMessageQueue>(services);
            },
        });
        // An amount is told by Stripe alone.
        Func<HttpRequestMessage>[] senders = step == nameof(IRecurringRevenueStore.AddAsync) ? [Stripe] : [Stripe, Signed, Shopify];

        outage.On = true;
        foreach (var send in senders)
        {
            Assert.InRange(await SendAsync(host, send), 500, 599);
        }

        outage.On = false;
        foreach (var send in senders)
        {
            Assert.InRange(await SendAsync(host, send), 200, 299);
            Assert.InRange(await SendAsync(host, send), 200, 299);
        }

        await Eventually.TrueAsync(async () => await TermsAsync(host) == "team", "the plan is known");
        var revenue = await host.Services.GetRequiredService<IRecurringRevenueStore>().ReadAsync(Shop, Stop).SingleAsync(Stop);
        Assert.Equal(new Money(240, "USD"), Assert.Single(revenue.Levels).Mrr);
        if (senders.Length > 1)
        {
            await Eventually.TrueAsync(async () => await UsedAsync(host) >= 3, "the use is counted");
            await Eventually.TrueAsync(async () => await host.Services.GetRequiredService<IOrderStore>().FindAsync(Shop, new("820982911946154508"), Stop) is not null, "the order is there");
            Assert.Equal(3, await UsedAsync(host));
        }
    }

    private HttpRequestMessage Stripe()
    {
        var text = $$"""
            {"id":"evt_1","type":"customer.subscription.updated","created":{{_now.ToUnixTimeSeconds()}},"livemode":true,"data":{"object":
             {"id":"sub_1","customer":"cus_1","status":"active","items":{"data":[{"id":"si_1","quantity":12,"price":{"id":"price_1","lookup_key":"team","currency":"usd","unit_amount":2000,"recurring":{"interval":"month"} } }] } } } }
            """;
        var seconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/billing/stripe/{Shop}") { Content = new StringContent(text, Encoding.UTF8, "application/json") };
        request.Headers.Add(StripeSignature.Header, $"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(StripeSecret), Encoding.UTF8.GetBytes($"{seconds}.{text}")))}");
        return request;
    }

    private HttpRequestMessage Signed()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"type":"feature_used","id":"used-1","customer":"cus_1","at":"{{_now:O}}","feature":"export","times":3}""");
        var seconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/events/from/app") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.IdHeader, "msg_1");
        request.Headers.Add(WebhookSignature.TimestampHeader, seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign(WebhookSecret.Parse(SourceSecret), "msg_1", seconds, body));
        return request;
    }

    private static HttpRequestMessage Shopify()
    {
        var body = """{"id":820982911946154508,"created_at":"2026-03-01T10:00:00Z","currency":"USD","line_items":[{"id":1,"sku":"mug","quantity":1,"price":"10.00"}]}"""u8.ToArray();
        return ShopifySender.Request(ShopifySender.Headers("orders/create", body), body);
    }

    private static async Task<int> SendAsync(TestHost host, Func<HttpRequestMessage> make)
    {
        using var request = make();
        using var answer = await host.Client.SendAsync(request, Stop);
        return (int)answer.StatusCode;
    }

    private static async Task<string?> TermsAsync(TestHost host) => (await StateAsync(host)).Subscription.Terms?.Value.Plan;

    private async Task<double> UsedAsync(TestHost host) =>
        (await StateAsync(host)).Usage.Features.TryGetValue("export", out var use) ? use.Days.Sum(DateOnly.FromDateTime(_now.UtcDateTime), 3) : 0;

    private static async Task<Expansion.Engine.Timing.Customers.CustomerState> StateAsync(TestHost host) =>
        (await host.Services.GetRequiredService<ICustomerStore>().FindAsync(Shop, [new("cus_1")], Stop))[0].Record.State;

    /// <summary>Storage that answers 503 to one kind of call while it is on.</summary>
    private sealed class Outage(string step)
    {
        public volatile bool On;

        public void Break<T>(IServiceCollection services)
            where T : class
        {
            var real = services.Last(service => service.ServiceType == typeof(T)).ImplementationType!;
            services.AddSingleton(provider =>
            {
                var broken = DispatchProxy.Create<T, Broken>();
                ((Broken)(object)broken).Of(ActivatorUtilities.CreateInstance(provider, real), method => On && method == step);
                return broken;
            });
        }
    }

    private class Broken : DispatchProxy
    {
        private object _real = null!;
        private Func<string, bool> _fails = null!;

        public void Of(object real, Func<string, bool> fails) => (_real, _fails) = (real, fails);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (_fails(targetMethod!.Name))
            {
                throw new RequestFailedException(503, "The server is busy.");
            }

            try
            {
                return targetMethod.Invoke(_real, args);
            }
            catch (TargetInvocationException exception)
            {
                ExceptionDispatchInfo.Throw(exception.InnerException!);
                throw;
            }
        }
    }
}
