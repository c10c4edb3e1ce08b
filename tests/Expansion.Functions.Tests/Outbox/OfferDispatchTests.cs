using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Timing;
using Expansion.Testing;
using Expansion.Testing.Smtp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Expansion.Functions.Tests.Outbox;

/// <summary>From what a customer did to what other systems hear of it, through every queue.</summary>
[Trait("Category", "Azurite")]
public sealed class OfferDispatchTests(AzuriteFixture azurite)
{
    private const string Shop = "coffee.example";
    private const string Cart = """{"type":"cart_changed","id":"c1","customer":"ann","at":"2026-03-10T11:59:00Z","total":{"amount":80,"currency":"USD"},"skus":["beans"]}""";

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cart_WithARuleForASalesperson_IsALeadAndTwoEvents()
    {
        await using var odoo = await FakeOdoo.StartAsync();
        await using var listener = await FakeServer.StartAsync(200);
        await using var host = await HostAsync(new()
        {
            ["Odoo:Connections:0:Shop"] = Shop,
            ["Odoo:Connections:0:Url"] = odoo.Address.ToString(),
            ["Odoo:Connections:0:Keys:0"] = "good",
            ["Webhooks:Endpoints:0:Id"] = "crm",
            ["Webhooks:Endpoints:0:Shop"] = Shop,
            ["Webhooks:Endpoints:0:Url"] = listener.Address.ToString(),
            ["Webhooks:Endpoints:0:Private"] = "true",
            ["Webhooks:Endpoints:0:Secrets:0"] = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        });

        await DecideAsync(host, "customer_success");

        await Eventually.TrueAsync(() => odoo.Records("crm.lead").Count > 0 && listener.Requests.Count >= 2, "the salesperson and the listener know");
        var lead = Assert.Single(odoo.Records("crm.lead"));
        Assert.Equal(("Grinder for ann", 89m), ((string?)lead["name"], (decimal?)lead["expected_revenue"]));
        var events = listener.Requests.Select(request => JsonNode.Parse(request.Body)!).ToDictionary(told => (string)told["type"]!);
        Assert.Equal(["offer.made", "opportunity.created"], events.Keys.Order());
        Assert.All(events.Values, told => Assert.Equal(("ann", $"expansion:{told["data"]!["id"]}"), ((string?)told["data"]!["customer"], (string?)lead["referred"])));
        Assert.DoesNotContain(listener.Requests, request => request.Text.Contains("Grinder", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cart_WithARuleForAMail_IsOneMail()
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        await using var host = await HostAsync(new()
        {
            ["Email:PublicUrl"] = "https://expansion.example",
            ["Email:LinkKeys:0"] = "0123456789abcdef0123456789abcdef",
            ["Email:Senders:0:Shop"] = Shop,
            ["Email:Senders:0:Host"] = "127.0.0.1",
            ["Email:Senders:0:Port"] = smtp.Port.ToString(null, null),
            ["Email:Senders:0:Security"] = "None",
            ["Email:Senders:0:User"] = "user",
            ["Email:Senders:0:Password"] = "pass",
            ["Email:Senders:0:From"] = "offers@coffee.example",
            ["Email:Senders:0:PostalAddress"] = "1 Main Street",
            ["Email:Senders:0:ProductUrl"] = "https://coffee.example/{sku}",
        });
        await host.Client.PutAsJsonAsync($"/api/shops/{Shop}/contacts/ann", new { email = "ann@example.com", email_consent = true }, Stop);

        await DecideAsync(host, "post_purchase_email");

        await Eventually.TrueAsync(() => !smtp.Mails.IsEmpty, "the mail is there");
        Assert.Equal(["ann@example.com"], Assert.Single(smtp.Mails).To);
    }

    private async Task<TestHost> HostAsync(Dictionary<string, string?> settings)
    {
        var grinder = new Candidate(OfferKind.CrossSell, "GR-1", 0.5, "affinity") { Title = "Grinder", Price = new(89, "USD") };
        var candidates = new Mock<IOfferCandidates>();
        candidates.Setup(found => found.FindAsync(It.IsAny<ShopId>(), It.IsAny<TimingContext>(), It.IsAny<CancellationToken>())).ReturnsAsync(new ProposedCandidates([grinder], "1"));
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero));
        var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = settings, Time = time, Services = services => services.AddSingleton(candidates.Object) });
        await PutAsync(host, $"shops/{Shop}/settings", """{"currency":"USD"}""");
        return host;
    }

    private static async Task DecideAsync(TestHost host, string touchpoint)
    {
        await PutAsync(host, $"rules/go?shop={Shop}", $$"""{"id":"go","touchpoints":["{{touchpoint}}"],"when":{"fact":"cart_value","above":50},"then":{"recommend_product":"GR-1"} }""");
        using var answer = await host.Client.PostAsync($"/api/events?shop={Shop}", new StringContent(Cart, Encoding.UTF8, "application/json"), Stop);
        Assert.Equal(202, (int)answer.StatusCode);
    }

    private static async Task PutAsync(TestHost host, string path, string json)
    {
        using var answer = await host.Client.PutAsync($"/api/{path}", new StringContent(json, Encoding.UTF8, "application/json"), Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }
}
