using System.Text;
using Expansion.Functions.Tests.Outbox;
using Expansion.Testing;
using Expansion.Testing.Smtp;
using MimeKit;

namespace Expansion.Functions.Tests.Email;

/// <summary>The mails of a customer's life, each from the event that leads to it, by a rule, to a real SMTP server, in the words of its moment and of the reader's language.</summary>
[Trait("Category", "Azurite")]
public sealed class LifecycleMailTests(AzuriteFixture azurite)
{
    private const string Started = """{"type":"subscription_started","at":"2026-03-09T12:00:00Z","terms":{"plan":"basic"}}""";
    private const string Used = """{"type":"feature_used","at":"2026-03-10T11:00:00Z","feature":"export","times":12}""";
    private const string Renews = """{"type":"subscription_started","at":"2025-06-01T12:00:00Z","terms":{"plan":"basic"},"renews_at":"2026-03-30T12:00:00Z"}""";

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("onboarding-grinder", """{"fact":"tenure_days","at_most":30}""", Started, "en", "You have just started with us")]
    [InlineData("onboarding-grinder", """{"fact":"tenure_days","at_most":30}""", Started, "de", "Sie haben gerade bei uns begonnen")]
    [InlineData("milestone-export", """{"fact":"feature_uses","feature":"export","days":30,"above":10}""", Used, "en", "You have reached a milestone with us.")]
    [InlineData("milestone-export", """{"fact":"feature_uses","feature":"export","days":30,"above":10}""", Used, "es", "Ha alcanzado un hito con nosotros.")]
    [InlineData("renewal-grinder", """{"fact":"days_to_renewal","at_most":30}""", Renews, "en", "Your subscription renews soon.")]
    [InlineData("renewal-grinder", """{"fact":"days_to_renewal","at_most":30}""", Renews, "ar", "سيتجدد اشتراكك قريبًا.")]
    public async Task Event_ThatARuleMails_IsOneMailOfItsMoment(string rule, string when, string told, string locale, string opening)
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        await using var host = await StartAsync(smtp.Port);
        await OfferingHost.PutAsync(host, $"shops/{OfferingHost.Shop}/contacts/ann", $$"""{"email":"ann@example.com","locale":"{{locale}}","email_consent":true}""");
        await OfferingHost.PutAsync(host, $"rules/{rule}?shop={OfferingHost.Shop}", $$"""{"id":"{{rule}}","touchpoints":["post_purchase_email"],"when":{{when}},"then":{"recommend_product":"GR-1"} }""");

        await TellAsync(host, told);

        await Eventually.TrueAsync(() => Task.FromResult(!smtp.Mails.IsEmpty), "the mail is there");
        using var mail = Message(Assert.Single(smtp.Mails));
        Assert.Equal("ann@example.com", mail.To.Mailboxes.Single().Address);
        Assert.Contains(opening, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains(System.Net.WebUtility.HtmlEncode(opening), mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{locale}", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("Grinder", mail.TextBody, StringComparison.Ordinal);
        Assert.NotNull(mail.Headers["List-Unsubscribe"]);
    }

    private Task<TestHost> StartAsync(int port) => OfferingHost.StartAsync(azurite.NewAccount(), new()
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
    });

    private static async Task TellAsync(TestHost host, string told)
    {
        using var content = new StringContent(told.Insert(1, "\"id\":\"event-1\",\"customer\":\"ann\","), Encoding.UTF8, "application/json");
        using var answer = await host.Client.PostAsync($"/api/events?shop={OfferingHost.Shop}", content, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static MimeMessage Message(SmtpMail mail)
    {
        using var raw = new MemoryStream(mail.Raw);
        return MimeMessage.Load(raw);
    }
}
