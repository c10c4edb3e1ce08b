using Expansion.Engine.Outbox;
using Expansion.Testing;
using Expansion.Testing.Smtp;
using static Expansion.Functions.Tests.Email.MailShop;

namespace Expansion.Functions.Tests.Email;

/// <summary>Mail servers that are busy, gone, or lose the answer.</summary>
[Trait("Category", "Azurite")]
public sealed class MailDeliveryTests(AzuriteFixture azurite)
{
    private readonly MailShop _shop = new(azurite.NewAccount());

    [Fact]
    public async Task Offer_ServerBusyForAnHour_IsKeptAndSentOnce()
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        await using var host = await _shop.HostAsync(smtp.Port);
        await _shop.AgreeAsync(host, "busy@example.com");
        var offer = await _shop.DispatchAsync(host);
        var until = _shop.Time.GetUtcNow().AddHours(1);
        await Eventually.TrueAsync(async () => await _shop.StepAsync(host, offer) is { State: OutboxState.Pending } && _shop.Time.GetUtcNow() > until, "an hour of tries went by");
        await _shop.AgreeAsync(host, "ada@example.com");

        await _shop.TryUntilAsync(host, offer, OutboxState.Delivered);

        Assert.Equal(["ada@example.com"], Assert.Single(smtp.Mails).To);
    }

    [Fact]
    public async Task Offer_ServerNotThereOrWrongPassword_IsKept()
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        await using var host = await _shop.HostAsync(smtp.Port, password: "wrong");
        await _shop.AgreeAsync(host, "ada@example.com");
        var offer = await _shop.DispatchAsync(host);

        await Eventually.TrueAsync(async () => (await _shop.StepAsync(host, offer)).Attempts > 2, "it was tried");

        Assert.Empty(smtp.Mails);
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("wrong", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Offer_AnswerLostAfterTheText_IsLeftToAPersonAndNotSentTwice()
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        await using var host = await _shop.HostAsync(smtp.Port);
        await _shop.AgreeAsync(host, "lost@example.com");

        var dead = await _shop.TryUntilAsync(host, await _shop.DispatchAsync(host), OutboxState.Dead);

        Assert.Contains("may have arrived", dead.Reason, StringComparison.Ordinal);
        Assert.Single(smtp.Mails);
    }
}
