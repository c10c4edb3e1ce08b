using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Expansion.Testing;
using Expansion.Testing.Smtp;

namespace Expansion.Functions.Tests.Outbox;

/// <summary>From what a customer did to what other systems hear of it, through every queue.</summary>
[Trait("Category", "Azurite")]
public sealed class OfferDispatchTests(AzuriteFixture azurite)
{
    private const string Shop = OfferingHost.Shop;

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cart_WithARuleForASalesperson_IsALeadAndTwoEvents()
    {
        await using var odoo = await FakeOdoo.StartAsync();
        await using var listener = await FakeServer.StartAsync(200);
        await using var host = await OfferingHost.StartAsync(azurite.NewAccount(), new()
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

        await host.DecideAsync("customer_success");

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
        await using var host = await OfferingHost.StartAsync(azurite.NewAccount(), new()
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

        await host.DecideAsync("post_purchase_email");

        await Eventually.TrueAsync(() => !smtp.Mails.IsEmpty, "the mail is there");
        Assert.Equal(["ann@example.com"], Assert.Single(smtp.Mails).To);
    }
}
