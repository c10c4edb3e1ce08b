using System.Net.Sockets;
using Expansion.Connectors.Webhooks;
using Expansion.Engine;
using Expansion.Engine.Outbox;
using Expansion.Engine.Timing;
using Expansion.Functions.Outbox;
using Expansion.Testing;
using Expansion.Testing.Smtp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Expansion.Functions.Tests.Outbox;

/// <summary>
/// An hour of every trouble that another system can be in, for each that something goes out to: nothing is lost, nothing is doubled, and who only passes by notices nothing.
/// What Shopify's Admin API can be in is BackfillTests' and ComplementaryTests' matter.
/// </summary>
[Trait("Category", "Azurite")]
public sealed class OutageTests(AzuriteFixture azurite)
{
    private const string LimitedUntil = "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1800\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private static readonly ShopId Shop = ShopId.From(OfferingHost.Shop);
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, Func<NetworkStream, CancellationToken, Task>> Troubles = new()
    {
        ["hangs up"] = TroubleProxy.HangUp,
        ["never answers"] = TroubleProxy.Silence,
        ["answers 500"] = TroubleProxy.Say("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", asked: true),
        ["answers 429"] = TroubleProxy.Say(LimitedUntil, asked: true),
        ["answers garbage"] = TroubleProxy.Say("\0garbage\r\n\r\n<html>", asked: true),
        ["greets busy"] = TroubleProxy.Say("421 busy\r\n", asked: false),
        ["greets with garbage"] = TroubleProxy.Say("<html>\r\n", asked: false),
    };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("webhook", "hangs up")]
    [InlineData("webhook", "never answers")]
    [InlineData("webhook", "answers 500")]
    [InlineData("webhook", "answers 429")]
    [InlineData("webhook", "answers garbage")]
    [InlineData("odoo", "hangs up")]
    [InlineData("odoo", "never answers")]
    [InlineData("odoo", "answers 500")]
    [InlineData("odoo", "answers 429")]
    [InlineData("odoo", "answers garbage")]
    [InlineData("email", "hangs up")]
    [InlineData("email", "never answers")]
    [InlineData("email", "greets busy")]
    [InlineData("email", "greets with garbage")]
    public async Task Hour_OfTrouble_LosesNothingDoublesNothingAndHoldsNobodyUp(string system, string trouble)
    {
        await using var target = await OtherSystem.StartAsync(system);
        await using var proxy = new TroubleProxy(target.Port) { Trouble = Troubles[trouble] };
        await using var host = await OfferingHost.StartAsync(azurite.NewAccount(), target.Settings(proxy.Port), _time);
        await OfferingHost.PutAsync(host, $"shops/{Shop}/contacts/ann", """{"email":"ann@example.com","email_consent":true}""");
        var end = _time.GetUtcNow().AddHours(1);

        await host.DecideAsync(target.Touchpoint);
        OutboxKey? key = null;
        await Eventually.TrueAsync(async () => (key = await KeyAsync(host, system)) is not null, "the offer is on its way");
        await Eventually.TrueAsync(
            async () =>
            {
                var item = await StepAsync(host, key!);
                Assert.True(item.State == OutboxState.Pending, item.Reason);
                return _time.GetUtcNow() >= end && !item.Trying;
            },
            "an hour has gone by");
        Assert.True(proxy.Met >= 3, $"{proxy.Met} tries met trouble");
        Assert.Equal(0, target.Arrived);

        // Meanwhile others are looked after.
        await host.DecideAsync(target.Touchpoint, "bob");
        await Eventually.TrueAsync(async () => (await host.Services.GetRequiredService<ICustomerStore>().FindAsync(Shop, [new("bob")], Stop))[0].Version is not null, "the next customer was decided on");

        proxy.Trouble = null;
        await Eventually.TrueAsync(async () => (await StepAsync(host, key!)).State == OutboxState.Delivered, "it has arrived");
        await host.Services.GetRequiredService<OutboxSender>().TryAsync(key!, Stop);
        Assert.Equal(1, target.ArrivedOf(key!));
    }

    /// <summary>An item's look is written before the item.</summary>
    private static async Task<OutboxKey?> KeyAsync(TestHost host, string system)
    {
        var store = host.Services.GetRequiredService<IOutboxStore>();
        var look = await store.DueAsync(Shop, DateTimeOffset.MaxValue.AddDays(-1), Stop).FirstOrDefaultAsync(look => look.Key.Channel.Split(':')[0] == system, Stop);
        return look is not null && await store.FindAsync(look.Key, Stop) is not null ? look.Key : null;
    }

    /// <summary>Tries at the item's time, as the queue's function does beside.</summary>
    private async Task<OutboxItem> StepAsync(TestHost host, OutboxKey key)
    {
        var item = (await host.Services.GetRequiredService<IOutboxStore>().FindAsync(key, Stop))!.Item;
        if (item is { State: OutboxState.Pending, Trying: false } && item.NextAt > _time.GetUtcNow())
        {
            _time.SetUtcNow(item.NextAt);
        }

        return await host.Services.GetRequiredService<OutboxSender>().TryAsync(key, Stop) ?? item;
    }

    /// <summary>The other side as it is without trouble.</summary>
    private sealed record OtherSystem(string Touchpoint, int Port, Func<int> Counted, Func<OutboxKey, int> ArrivedOf, Func<int, Dictionary<string, string?>> Settings, IAsyncDisposable Server) : IAsyncDisposable
    {
        public int Arrived => Counted();

        public static async Task<OtherSystem> StartAsync(string system)
        {
            switch (system)
            {
                case "webhook":
                    var endpoint = await FakeServer.StartAsync(200);
                    return new("customer_success", endpoint.Address.Port, () => endpoint.Requests.Count, key => endpoint.Requests.Count(request => request.Headers[WebhookSignature.IdHeader] == key.Id), Webhook, endpoint);
                case "odoo":
                    var odoo = await FakeOdoo.StartAsync();
                    return new("customer_success", odoo.Address.Port, () => odoo.Records("crm.lead").Count, key => odoo.Records("crm.lead").Count(lead => (string?)lead["referred"] == $"expansion:{key.Id}"), Odoo, odoo);
                default:
                    var smtp = await SmtpServer.StartAsync(Stop);
                    return new("post_purchase_email", smtp.Port, () => smtp.Mails.Count, _ => smtp.Mails.Count(mail => mail.To.Contains("ann@example.com")), Email, smtp);
            }
        }

        public ValueTask DisposeAsync() => Server.DisposeAsync();

        private static Dictionary<string, string?> Webhook(int port) => new()
        {
            ["Webhooks:Timeout"] = "00:00:01",
            ["Webhooks:Endpoints:0:Id"] = "crm",
            ["Webhooks:Endpoints:0:Shop"] = OfferingHost.Shop,
            ["Webhooks:Endpoints:0:Url"] = $"http://127.0.0.1:{port}/",
            ["Webhooks:Endpoints:0:Private"] = "true",
            ["Webhooks:Endpoints:0:Secrets:0"] = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        };

        private static Dictionary<string, string?> Odoo(int port) => new()
        {
            ["Odoo:Connections:0:Shop"] = OfferingHost.Shop,
            ["Odoo:Connections:0:Url"] = $"http://127.0.0.1:{port}/",
            ["Odoo:Connections:0:Keys:0"] = "good",
            ["Odoo:Connections:0:Timeout"] = "00:00:01",
        };

        private static Dictionary<string, string?> Email(int port) => new()
        {
            ["Email:PublicUrl"] = "https://expansion.example",
            ["Email:LinkKeys:0"] = "0123456789abcdef0123456789abcdef",
            ["Email:Senders:0:Shop"] = OfferingHost.Shop,
            ["Email:Senders:0:Host"] = "127.0.0.1",
            ["Email:Senders:0:Port"] = port.ToString(null, null),
            ["Email:Senders:0:Security"] = "None",
            ["Email:Senders:0:User"] = "user",
            ["Email:Senders:0:Password"] = "pass",
            ["Email:Senders:0:From"] = "offers@coffee.example",
            ["Email:Senders:0:PostalAddress"] = "1 Main Street",
            ["Email:Senders:0:ProductUrl"] = "https://coffee.example/{sku}",
            ["Email:Senders:0:Timeout"] = "00:00:01",
        };
    }
}
