using System.Net;
using System.Net.Sockets;
using Expansion.Connectors.Billing;
using Expansion.Connectors.Email;
using Expansion.Connectors.Mcp;
using Expansion.Connectors.Odoo;
using Expansion.Connectors.Webhooks;
using Expansion.Engine;
using Expansion.Engine.Webhooks;
using Expansion.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Expansion.Connectors.Tests;

/// <summary>What the doctor says of each connector: off, on, or what is wrong, each in a sentence. Shopify's is ShopifyCheckTests' matter.</summary>
public sealed class ConnectorCheckTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stripe_OffAndOn_SaysForWhom()
    {
        var options = new StripeOptions();
        Assert.Equal([new(true, "Stripe is off: no account is configured under Billing:Stripe:Accounts.")], await ExamineAsync(new StripeCheck(Options.Create(options))));

        options.Accounts.Add(new() { Shop = "saas.example", TestMode = true });
        Assert.Equal([new(true, "Stripe's events are taken for saas.example (test mode).")], await ExamineAsync(new StripeCheck(Options.Create(options))));
    }

    [Fact]
    public async Task Mcp_OffAndOn_SaysWhom()
    {
        var options = new McpOptions();
        Assert.Equal([new(true, "MCP is off: no client is configured under Mcp:Clients.")], await ExamineAsync(new McpCheck(Options.Create(options))));

        options.Clients.Add(new() { Name = "assistant" });
        Assert.Equal([new(true, "MCP answers assistant.")], await ExamineAsync(new McpCheck(Options.Create(options))));
    }

    [Fact]
    public async Task Email_OffAndServerThatIsGone_SaysWhichServer()
    {
        var options = new EmailOptions();
        Assert.Equal([new(true, "E-mail is off: no sender is configured under Email:Senders.")], await ExamineAsync(new EmailCheck(Options.Create(options))));

        var port = ClosedPort();
        options.Senders.Add(new() { Shop = "coffee.example", Host = "127.0.0.1", Port = port, Security = MailSecurity.None, Timeout = TimeSpan.FromSeconds(5) });
        Assert.Equal(
            [new(false, $"The mail server 127.0.0.1:{port} of coffee.example can't be used: it can't be reached with these settings.")], await ExamineAsync(new EmailCheck(Options.Create(options))));
    }

    [Theory]
    [InlineData("http://127.0.0.1/", false, false, "Webhook endpoint crm of coffee.example leads to 127.0.0.1, which isn't a public address: nothing will be sent there.")]
    [InlineData("http://127.0.0.1/", true, true, "Webhook endpoint crm of coffee.example is on.")]
    [InlineData("https://no-such-host.invalid/", false, false, "Webhook endpoint crm of coffee.example has a host that can't be found: correct Webhooks:Endpoints.")]
    public async Task Webhooks_Endpoint_SaysWhereItLeads(string url, bool isPrivate, bool ok, string sentence) =>
        Assert.Equal(
            [new(true, "Signed events are off: no source is configured under Webhooks:Sources."), new(ok, sentence)],
            await ExamineAsync(new WebhookCheck(Options.Create(WebhooksTo(url, isPrivate)), Mock.Of<IWebhookEndpointStore>())));

    [Fact]
    public async Task Webhooks_OffOrTurnedOff_SaysSinceWhenAndWhy()
    {
        var endpoints = Mock.Of<IWebhookEndpointStore>(store => store.FindAsync(It.IsAny<ShopId>(), "crm", It.IsAny<CancellationToken>())
            == Task.FromResult<DisabledEndpoint?>(new(new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero), "It answered 410.")));

        Assert.Equal("Outgoing webhooks are off: no endpoint is configured under Webhooks:Endpoints.", (await ExamineAsync(new WebhookCheck(Options.Create(new WebhookOptions()), endpoints)))[1].Sentence);
        Assert.Equal(
            new(false, "Webhook endpoint crm of coffee.example is off since 2026-03-01 09:30 UTC: It answered 410."),
            (await ExamineAsync(new WebhookCheck(Options.Create(WebhooksTo("https://crm.example/", false)), endpoints)))[1]);
    }

    [Fact]
    public async Task Odoo_OffReachedKeyRefusedGoneOrEnding_SaysWhich()
    {
        await using var odoo = await FakeOdoo.StartAsync();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal([new(true, "Odoo is off: no connection is configured under Odoo:Connections.")], await OdooAsync(null));
        Assert.Equal([new(true, "coffee.example's Odoo 19.0 lets us read its opportunities.")], await OdooAsync(odoo.Address));

        var ending = await OdooAsync(odoo.Address, end: time.GetUtcNow().AddDays(10));
        Assert.Equal(new(false, "The API key of coffee.example's Odoo ends on 2026-03-11: make a new one, put it first among Keys, and change KeysEnd."), ending[1]);

        var refused = Assert.Single(await OdooAsync(odoo.Address, key: "bad"));
        Assert.False(refused.Ok);
        Assert.StartsWith("coffee.example's Odoo can't be used. ", refused.Sentence, StringComparison.Ordinal);
        var gone = Assert.Single(await OdooAsync(new($"http://127.0.0.1:{ClosedPort()}/")));
        Assert.False(gone.Ok);
        Assert.NotEqual(refused.Sentence, gone.Sentence);

        async Task<IReadOnlyList<ConnectorFinding>> OdooAsync(Uri? url, string key = "good", DateTimeOffset? end = null)
        {
            var options = new OdooOptions();
            if (url is not null)
            {
                var connection = new OdooConnection { Shop = "coffee.example", Url = url.ToString(), Timeout = TimeSpan.FromSeconds(5), KeysEnd = end };
                connection.Keys.Add(key);
                options.Connections.Add(connection);
            }

            using var clients = new OdooClients(Mock.Of<IOptionsMonitor<OdooOptions>>(monitor => monitor.CurrentValue == options), time);
            return await ExamineAsync(new OdooCheck(Options.Create(options), clients, time));
        }
    }

    private static WebhookOptions WebhooksTo(string url, bool isPrivate)
    {
        var options = new WebhookOptions();
        options.Endpoints.Add(new() { Id = "crm", Shop = "coffee.example", Url = url, Private = isPrivate });
        return options;
    }

    private static async Task<IReadOnlyList<ConnectorFinding>> ExamineAsync(IConnectorCheck check) => await check.ExamineAsync(Stop).ToListAsync(Stop);

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
