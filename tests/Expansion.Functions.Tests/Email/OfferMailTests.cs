using System.Net.Http.Json;
using Expansion.Engine.Outbox;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Signals;
using Expansion.Functions.Timing;
using Expansion.Testing;
using Expansion.Testing.Smtp;
using Microsoft.Extensions.DependencyInjection;
using static Expansion.Functions.Tests.Email.MailShop;

namespace Expansion.Functions.Tests.Email;

/// <summary>Which offers are mailed, when, and what they say.</summary>
[Trait("Category", "Azurite")]
public sealed class OfferMailTests(AzuriteFixture azurite)
{
    private readonly MailShop _shop = new(azurite.NewAccount());

    [Fact]
    public async Task Offer_DispatchedTwice_IsOneMailWithTheWayOut()
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        await using var host = await _shop.HostAsync(smtp.Port);
        await _shop.AgreeAsync(host, "ada@example.com", "de");

        var offer = await _shop.DispatchAsync(host);
        await _shop.DispatchAsync(host);
        await _shop.TryUntilAsync(host, offer, OutboxState.Delivered);

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
    public async Task Offer_AtNight_WaitsForTheSendingHours()
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        await using var host = await _shop.HostAsync(smtp.Port);
        await _shop.AgreeAsync(host, "ada@example.com");
        _shop.Time.SetUtcNow(new DateTimeOffset(2026, 11, 23, 23, 0, 0, TimeSpan.Zero));

        await _shop.TryUntilAsync(host, await _shop.DispatchAsync(host), OutboxState.Delivered);

        using var mail = Message(Assert.Single(smtp.Mails));
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero), mail.Date);
    }

    [Fact]
    public async Task Offer_CrisisSinceItWasDecided_IsNotSent()
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        await using var host = await _shop.HostAsync(smtp.Port);
        await _shop.AgreeAsync(host, "ada@example.com");
        await host.Services.GetRequiredService<SignalInbox>().SendAsync(Shop, [new TicketOpened("t1", TicketSeverity.Critical) { Id = "t1", Customer = new("7001"), At = _shop.Time.GetUtcNow() }], Stop);
        var customers = host.Services.GetRequiredService<ICustomerStore>();
        await Eventually.TrueAsync(async () => (await customers.FindAsync(Shop, [new("7001")], Stop))[0].Version is not null, "the ticket is known");

        await _shop.TryUntilAsync(host, await _shop.DispatchAsync(host), OutboxState.Dead);

        Assert.Empty(smtp.Mails);
    }

    [Theory]
    [InlineData("ada@example.com", null, "agreed")]
    [InlineData("ada@example.com", false, "agreed")]
    [InlineData(null, true, "address")]
    [InlineData("not an address", true, "address")]
    public async Task Offer_WithoutAgreementOrAddress_IsNotSent(string? address, bool? consent, string reason)
    {
        await using var host = await _shop.HostAsync(1);
        await host.Client.PutAsJsonAsync($"/api/shops/{Shop}/contacts/7001", new { email = address, email_consent = consent }, Stop);

        var dead = await _shop.TryUntilAsync(host, await _shop.DispatchAsync(host), OutboxState.Dead);

        Assert.Contains(reason, dead.Reason, StringComparison.Ordinal);
    }
}
