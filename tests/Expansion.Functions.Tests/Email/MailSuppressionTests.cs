using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Expansion.Engine.Contacts;
using Expansion.Engine.Offers;
using Expansion.Engine.Outbox;
using Expansion.Engine.Timing;
using Expansion.Testing;
using Expansion.Testing.Smtp;
using Microsoft.Extensions.DependencyInjection;
using static Expansion.Functions.Tests.Email.MailShop;

namespace Expansion.Functions.Tests.Email;

/// <summary>Who gets no mail any more: who said so, and whose address takes none.</summary>
[Trait("Category", "Azurite")]
public sealed class MailSuppressionTests(AzuriteFixture azurite)
{
    private readonly MailShop _shop = new(azurite.NewAccount());

    [Fact]
    public async Task Unsubscribe_OneClick_EndsItForGoodAndOpeningTheLinkAloneDoesNot()
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        await using var host = await _shop.HostAsync(smtp.Port);
        await _shop.AgreeAsync(host, "ada@example.com");
        var offer = await _shop.DispatchAsync(host);
        await _shop.TryUntilAsync(host, offer, OutboxState.Delivered);
        using var mail = Message(smtp.Mails.Single());
        var link = new Uri(mail.Headers["List-Unsubscribe"]!.Trim('<', '>')).AbsolutePath;

        Assert.Contains("<form method=\"post\">", await host.Client.GetStringAsync(link, Stop), StringComparison.Ordinal);
        Assert.Null(await SuppressionAsync(host, "ada@example.com"));
        Assert.Equal(404, (int)(await host.Client.PostAsync(link[..^4] + "AAAA", null, Stop)).StatusCode);
        Assert.Equal(404, (int)(await host.Client.PostAsync("/api/email/unsubscribe/x", null, Stop)).StatusCode);
        using var click = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        Assert.Equal(200, (int)(await host.Client.PostAsync(link, click, Stop)).StatusCode);
        Assert.Equal(200, (int)(await host.Client.PostAsync(link, click, Stop)).StatusCode);

        Assert.Equal(MailSuppressionReason.Unsubscribed, (await SuppressionAsync(host, "Ada@Example.com"))?.Reason);
        var customers = host.Services.GetRequiredService<ICustomerStore>();
        await Eventually.TrueAsync(async () => (await customers.FindAsync(Shop, [new("7001")], Stop))[0].Record.State.Offers.ChannelOptOut(Channel.Email) is not null, "the customer has opted out");
        _shop.Time.Advance(TimeSpan.FromMinutes(1));
        await _shop.TryUntilAsync(host, await _shop.DispatchAsync(host), OutboxState.Dead);
        Assert.Single(smtp.Mails);
    }

    [Fact]
    public async Task Offer_AddressThatBounces_IsSuppressed()
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        await using var host = await _shop.HostAsync(smtp.Port);
        await _shop.AgreeAsync(host, "bounce@example.com");

        var dead = await _shop.TryUntilAsync(host, await _shop.DispatchAsync(host), OutboxState.Dead);

        Assert.Equal("The mail server answered 550.", dead.Reason);
        Assert.Equal(MailSuppressionReason.Bounced, (await SuppressionAsync(host, "bounce@example.com"))?.Reason);
    }

    [Fact]
    public async Task Offer_MailboxFull_IsGivenUpAndNotSuppressed()
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        await using var host = await _shop.HostAsync(smtp.Port);
        await _shop.AgreeAsync(host, "full@example.com");

        await _shop.TryUntilAsync(host, await _shop.DispatchAsync(host), OutboxState.Dead);

        Assert.Null(await SuppressionAsync(host, "full@example.com"));
    }

    [Fact]
    public async Task Bounces_ReportedLater_SuppressWhatIsForGood()
    {
        await using var host = await _shop.HostAsync(1);
        await _shop.AgreeAsync(host, "ada@example.com");
        var offer = await _shop.DispatchAsync(host);

        var list = new[] { new { email = "Gone@example.com", kind = "hard", offer = (string?)null }, new { email = "full@example.com", kind = "soft", offer = (string?)null }, new { email = "ada@example.com", kind = "complaint", offer = (string?)offer } };
        Assert.Equal(202, (int)(await host.Client.PostAsJsonAsync($"/api/email/bounces?shop={Shop}", list, Stop)).StatusCode);

        Assert.Equal(MailSuppressionReason.Bounced, (await SuppressionAsync(host, "gone@example.com"))?.Reason);
        Assert.Null(await SuppressionAsync(host, "full@example.com"));
        Assert.Equal(MailSuppressionReason.Complained, (await SuppressionAsync(host, "ada@example.com"))?.Reason);
    }

    [Fact]
    public async Task Bounces_AsADeliveryReport_AreRead()
    {
        const string report = """
            From: MAILER-DAEMON@mx.example
            To: offers@coffee.example
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: text/plain

            It could not be delivered.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example

            Final-Recipient: rfc822; gone@example.com
            Action: failed
            Status: 5.1.1

            Final-Recipient: rfc822; full@example.com
            Action: failed
            Status: 5.2.2

            Final-Recipient: rfc822; slow@example.com
            Action: delayed
            Status: 4.4.1
            --b--
            """;
        await using var host = await _shop.HostAsync(1);
        using var body = new ByteArrayContent(Encoding.ASCII.GetBytes(report.ReplaceLineEndings("\r\n")));
        body.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");

        using var answer = await host.Client.PostAsync($"/api/email/bounces?shop={Shop}", body, Stop);

        Assert.Equal(2, (int?)(await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!["taken"]);
        Assert.Equal(MailSuppressionReason.Bounced, (await SuppressionAsync(host, "gone@example.com"))?.Reason);
        Assert.Null(await SuppressionAsync(host, "full@example.com"));
        Assert.Null(await SuppressionAsync(host, "slow@example.com"));
    }
}
