using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Plans;
using Expansion.Engine.Shops;
using Expansion.Functions.Metrics;
using Expansion.Testing;
using Expansion.Testing.Smtp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Expansion.Functions.Tests.Metrics;

/// <summary>A metric leaves its band: who listens to the shop's events and whom the shop named hear of it, once.</summary>
[Trait("Category", "Azurite")]
public sealed class MetricAlertTests(AzuriteFixture azurite)
{
    private static readonly ShopId Shop = ShopId.From("app.example");
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 3, 4, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Close_MetricLeavesItsBand_IsToldOnceByWebhookAndByMail()
    {
        await using var endpoint = await FakeServer.StartAsync(204);
        await using var smtp = await SmtpServer.StartAsync(Stop);
        await using var host = await HostAsync(endpoint, smtp.Port);
        var close = host.Services.GetRequiredService<MonthClose>();

        // Nobody upgrades in January; in February one of two does.
        var alert = Assert.Single(await close.RunAsync(Shop, Stop), alert => alert.Metric == "upgrade_rate");
        Assert.Empty(await close.RunAsync(Shop, Stop));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await close.RunAsync(Shop, Stop));

        await Eventually.TrueAsync(() => Task.FromResult(smtp.Mails.Count >= 2 && endpoint.Requests.Count >= 2), "the alerts of both metrics arrive");
        var told = endpoint.Requests.Select(request => JsonNode.Parse(request.Text)!).ToList();
        Assert.All(told, request => Assert.Equal("metric.alert", (string?)request["type"]));
        Assert.Equal(["net_revenue_retention", "upgrade_rate"], told.Select(request => (string?)request["data"]!["metric"]).Order());
        Assert.Contains(alert.Words, told.Select(request => (string?)request["data"]!["words"]));
        var mails = smtp.Mails.Select(mail => MimeMessage.Load(new MemoryStream(mail.Raw), Stop)).ToList();
        Assert.All(mails, mail => Assert.Equal("owner@app.example", mail.To.Mailboxes.Single().Address));
        Assert.Equal(["app.example: net_revenue_retention left its band", "app.example: upgrade_rate left its band"], mails.Select(mail => mail.Subject).Order());
        Assert.Equal(2, (await host.Services.GetRequiredService<IMetricStore>().AlertsAsync(Shop, Stop).ToListAsync(Stop)).Count);
    }

    private async Task<TestHost> HostAsync(FakeServer endpoint, int smtp)
    {
        var host = await TestHost.StartAsync(azurite.NewAccount(), new()
        {
            Time = _time,
            Settings = new Dictionary<string, string?>
            {
                ["Webhooks:Endpoints:0:Id"] = "crm",
                ["Webhooks:Endpoints:0:Shop"] = Shop.Value,
                ["Webhooks:Endpoints:0:Url"] = endpoint.Address + "hook",
                ["Webhooks:Endpoints:0:Private"] = "true",
                ["Webhooks:Endpoints:0:Secrets:0"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                ["Email:PublicUrl"] = "https://expansion.example",
                ["Email:LinkKeys:0"] = "0123456789abcdef0123456789abcdef",
                ["Email:Senders:0:Shop"] = Shop.Value,
                ["Email:Senders:0:Host"] = "127.0.0.1",
                ["Email:Senders:0:Port"] = smtp.ToString(null, null),
                ["Email:Senders:0:Security"] = "None",
                ["Email:Senders:0:User"] = "user",
                ["Email:Senders:0:Password"] = "pass",
                ["Email:Senders:0:From"] = "App <offers@app.example>",
                ["Email:Senders:0:AlertsTo"] = "owner@app.example",
                ["Email:Senders:0:PostalAddress"] = "App Ltd, 1 Main Street",
                ["Email:Senders:0:ProductUrl"] = "https://app.example/{sku}",
            },
        });
        await host.Services.GetRequiredService<IShopStore>().EnsureAsync(Shop, Stop);
        await host.Services.GetRequiredService<IPricingDocuments>().SaveAsync(
            Shop, PlanLadder.Document, new PlanLadder([new("basic", "Basic", new(29, "USD")), new("pro", "Pro", new(79, "USD"))]), null, Stop);
        await host.Services.GetRequiredService<IPlanHistoryStore>().SaveAsync(
            Shop,
            [
                new("1", new("ann"), new(2025, 12, 10, 0, 0, 0, TimeSpan.Zero), "basic", 29),
                new("2", new("bob"), new(2025, 12, 10, 0, 0, 0, TimeSpan.Zero), "basic", 29),
                new("3", new("ann"), new(2026, 2, 10, 0, 0, 0, TimeSpan.Zero), "pro", 79),
            ],
            Stop);
        return host;
    }
}
