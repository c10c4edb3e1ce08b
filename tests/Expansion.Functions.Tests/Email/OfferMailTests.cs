using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Contacts;
using Expansion.Engine.Offers;
using Expansion.Engine.Outbox;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Signals;
using Expansion.Functions.Outbox;
using Expansion.Functions.Timing;
using Expansion.Testing;
using Expansion.Testing.Smtp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Expansion.Functions.Tests.Email;

/// <summary>Offers by mail through a real SMTP server. Each try is made on the test's own clock, which stands at noon on a Monday.</summary>
[Trait("Category", "Azurite")]
public sealed class OfferMailTests(AzuriteFixture azurite)
{
    private static readonly ShopId Shop = ShopId.From("coffee.example");
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Offer_DispatchedTwice_IsOneMailWithTheWayOut()
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        await using var host = await HostAsync(smtp.Port);
        await AgreeAsync(host, "ada@example.com", "de");

        var offer = await DispatchAsync(host);
        await DispatchAsync(host);
        await TryUntilAsync(host, offer, OutboxState.Delivered);

        using var mail = Message(Assert.Single(smtp.Mails));
        Assert.Equal(("ada@example.com", "offers@coffee.example", $"{offer}@coffee.example"), (mail.To.Mailboxes.Single().Address, mail.From.Mailboxes.Single().Address, mail.MessageId));
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        Assert.Contains("Grinder &lt;b&gt;", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("Danke für Ihre Bestellung.", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Abmelden", mail.TextBody, StringComparison.Ordinal);
        Assert.Matches(@"89\s€", mail.TextBody);
        Assert.Contains("https://coffee.example/products/GR%2F1", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("1 Main Street", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unsubscribe_OneClick_EndsItForGoodAndOpeningTheLinkAloneDoesNot()
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        await using var host = await HostAsync(smtp.Port);
        await AgreeAsync(host, "ada@example.com");
        var offer = await DispatchAsync(host);
        await TryUntilAsync(host, offer, OutboxState.Delivered);
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
        _time.Advance(TimeSpan.FromMinutes(1));
        await TryUntilAsync(host, await DispatchAsync(host), OutboxState.Dead);
        Assert.Single(smtp.Mails);
    }

    [Fact]
    public async Task Offer_AtNight_WaitsForTheSendingHours()
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        await using var host = await HostAsync(smtp.Port);
        await AgreeAsync(host, "ada@example.com");
        _time.SetUtcNow(new DateTimeOffset(2026, 11, 23, 23, 0, 0, TimeSpan.Zero));

        await TryUntilAsync(host, await DispatchAsync(host), OutboxState.Delivered);

        using var mail = Message(Assert.Single(smtp.Mails));
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero), mail.Date);
    }

    [Fact]
    public async Task Offer_CrisisSinceItWasDecided_IsNotSent()
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        await using var host = await HostAsync(smtp.Port);
        await AgreeAsync(host, "ada@example.com");
        await host.Services.GetRequiredService<SignalInbox>().SendAsync(Shop, [new TicketOpened("t1", TicketSeverity.Critical) { Id = "t1", Customer = new("7001"), At = _time.GetUtcNow() }], Stop);
        var customers = host.Services.GetRequiredService<ICustomerStore>();
        await Eventually.TrueAsync(async () => (await customers.FindAsync(Shop, [new("7001")], Stop))[0].Version is not null, "the ticket is known");

        await TryUntilAsync(host, await DispatchAsync(host), OutboxState.Dead);

        Assert.Empty(smtp.Mails);
    }

    [Theory]
    [InlineData("ada@example.com", null, "agreed")]
    [InlineData("ada@example.com", false, "agreed")]
    [InlineData(null, true, "address")]
    [InlineData("not an address", true, "address")]
    public async Task Offer_WithoutAgreementOrAddress_IsNotSent(string? address, bool? consent, string reason)
    {
        await using var host = await HostAsync(1);
        await host.Client.PutAsJsonAsync($"/api/shops/{Shop}/contacts/7001", new { email = address, email_consent = consent }, Stop);

        var dead = await TryUntilAsync(host, await DispatchAsync(host), OutboxState.Dead);

        Assert.Contains(reason, dead.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offer_AddressThatBounces_IsSuppressed()
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        await using var host = await HostAsync(smtp.Port);
        await AgreeAsync(host, "bounce@example.com");

        var dead = await TryUntilAsync(host, await DispatchAsync(host), OutboxState.Dead);

        Assert.Equal("The mail server answered 550.", dead.Reason);
        Assert.Equal(MailSuppressionReason.Bounced, (await SuppressionAsync(host, "bounce@example.com"))?.Reason);
    }

    [Fact]
    public async Task Offer_MailboxFull_IsGivenUpAndNotSuppressed()
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        await using var host = await HostAsync(smtp.Port);
        await AgreeAsync(host, "full@example.com");

        await TryUntilAsync(host, await DispatchAsync(host), OutboxState.Dead);

        Assert.Null(await SuppressionAsync(host, "full@example.com"));
    }

    [Fact]
    public async Task Offer_ServerBusyForAnHour_IsKeptAndSentOnce()
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        await using var host = await HostAsync(smtp.Port);
        await AgreeAsync(host, "busy@example.com");
        var offer = await DispatchAsync(host);
        var until = _time.GetUtcNow().AddHours(1);
        await Eventually.TrueAsync(async () => await StepAsync(host, offer) is { State: OutboxState.Pending } && _time.GetUtcNow() > until, "an hour of tries went by");
        await AgreeAsync(host, "ada@example.com");

        await TryUntilAsync(host, offer, OutboxState.Delivered);

        Assert.Equal(["ada@example.com"], Assert.Single(smtp.Mails).To);
    }

    [Fact]
    public async Task Offer_ServerNotThereOrWrongPassword_IsKept()
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        await using var host = await HostAsync(smtp.Port, password: "wrong");
        await AgreeAsync(host, "ada@example.com");
        var offer = await DispatchAsync(host);

        await Eventually.TrueAsync(async () => (await StepAsync(host, offer)).Attempts > 2, "it was tried");

        Assert.Empty(smtp.Mails);
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("wrong", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Offer_AnswerLostAfterTheText_IsLeftToAPersonAndNotSentTwice()
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        await using var host = await HostAsync(smtp.Port);
        await AgreeAsync(host, "lost@example.com");

        var dead = await TryUntilAsync(host, await DispatchAsync(host), OutboxState.Dead);

        Assert.Contains("may have arrived", dead.Reason, StringComparison.Ordinal);
        Assert.Single(smtp.Mails);
    }

    [Fact]
    public async Task Bounces_ReportedLater_SuppressWhatIsForGood()
    {
        await using var host = await HostAsync(1);
        await AgreeAsync(host, "ada@example.com");
        var offer = await DispatchAsync(host);

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
        await using var host = await HostAsync(1);
        using var body = new ByteArrayContent(Encoding.ASCII.GetBytes(report.ReplaceLineEndings("\r\n")));
        body.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");

        using var answer = await host.Client.PostAsync($"/api/email/bounces?shop={Shop}", body, Stop);

        Assert.Equal(2, (int?)(await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!["taken"]);
        Assert.Equal(MailSuppressionReason.Bounced, (await SuppressionAsync(host, "gone@example.com"))?.Reason);
        Assert.Null(await SuppressionAsync(host, "full@example.com"));
        Assert.Null(await SuppressionAsync(host, "slow@example.com"));
    }

    private async Task<TestHost> HostAsync(int port, string password = "pass")
    {
        var host = await TestHost.StartAsync(azurite.NewAccount(), new()
        {
            Time = _time,
            Settings = new Dictionary<string, string?>
            {
                ["Email:PublicUrl"] = "https://expansion.example",
                ["Email:LinkKeys:0"] = "0123456789abcdef0123456789abcdef",
                ["Email:Senders:0:Shop"] = Shop.Value,
                ["Email:Senders:0:Host"] = "127.0.0.1",
                ["Email:Senders:0:Port"] = port.ToString(null, null),
                ["Email:Senders:0:Security"] = "None",
                ["Email:Senders:0:User"] = "user",
                ["Email:Senders:0:Password"] = password,
                ["Email:Senders:0:From"] = "Coffee <offers@coffee.example>",
                ["Email:Senders:0:PostalAddress"] = "Coffee Ltd, 1 Main Street",
                ["Email:Senders:0:ProductUrl"] = "https://coffee.example/products/{sku}",
            },
        });
        await host.Services.GetRequiredService<IShopStore>().EnsureAsync(Shop, Stop);
        return host;
    }

    private async Task AgreeAsync(TestHost host, string address, string? locale = null)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        await host.Client.PutAsJsonAsync($"/api/shops/{Shop}/contacts/7001", new { email = address, name = "Ada", locale, email_consent = true }, Stop);
    }

    private async Task<string> DispatchAsync(TestHost host)
    {
        var now = _time.GetUtcNow();
        var id = $"{DateTimeOffset.MaxValue.UtcTicks - now.UtcTicks:x16}-{7001:x16}";
        var chosen = new ChosenOffer(
            OfferKind.CrossSell, "GR/1", "Grinder <b>", new(89, "EUR"), new(ValueProposition.Convenience, PricingFrame.Plain, "post_purchase"), "post_purchase", "Bought with beans by many.", []);
        var decision = new Decision(id, new("7001"), now, Touchpoint.PostPurchaseEmail, chosen, "Seven days after the purchase.");
        await host.Services.GetRequiredService<IOfferLedger>().AddAsync(Shop, [decision], Stop);
        await host.Services.GetRequiredService<OfferDispatch>().SendAsync(Shop, [decision], Stop);
        return id;
    }

    private static Task<MailSuppression?> SuppressionAsync(TestHost host, string address) =>
        host.Services.GetRequiredService<IMailSuppressionStore>().FindAsync(Shop, MailAddressHash.Of(address), Stop);

    private static MimeMessage Message(SmtpMail mail)
    {
        using var raw = new MemoryStream(mail.Raw);
        return MimeMessage.Load(raw);
    }

    private async Task<OutboxItem> StepAsync(TestHost host, string offer, bool alive = true)
    {
        var key = new OutboxKey(Shop, "email", offer);
        var item = (await host.Services.GetRequiredService<IOutboxStore>().FindAsync(key, Stop))!.Item;
        if (item is { State: OutboxState.Pending, Trying: false } && item.NextAt > _time.GetUtcNow())
        {
            _time.SetUtcNow(item.NextAt);
        }

        item = await host.Services.GetRequiredService<OutboxSender>().TryAsync(key, Stop) ?? item;
        Assert.False(item.State == OutboxState.Dead && alive, item.Reason);
        return item;
    }

    private async Task<OutboxItem> TryUntilAsync(TestHost host, string offer, OutboxState state)
    {
        OutboxItem? item = null;
        await Eventually.TrueAsync(async () => (item = await StepAsync(host, offer, state != OutboxState.Dead)).State == state, $"the mail is {state}");
        return item!;
    }
}
