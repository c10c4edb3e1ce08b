using Expansion.Connectors.Email;
using Expansion.Engine.Outbox;
using Expansion.Testing.Smtp;
using MimeKit;

namespace Expansion.Functions.Tests.Email;

public sealed class SmtpSecurityTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task SendAsync_CertificateThatNobodyTrusts_SendsNothing()
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        using var message = new MimeMessage([MailboxAddress.Parse("a@example.com")], [MailboxAddress.Parse("b@example.com")], "x", new TextPart { Text = "x" });
        var sender = new MailSender { Host = "127.0.0.1", Port = smtp.Port, Security = MailSecurity.StartTls, User = "user", Password = "pass" };

        var sent = await SmtpMailer.SendAsync(sender, message, Stop);

        Assert.Contains("certificate", Assert.IsType<Failed>(sent.Result).Reason, StringComparison.Ordinal);
        Assert.Empty(smtp.Mails);
    }

    [Fact]
    public async Task TryAsync_EachTrouble_IsNamed()
    {
        await using var smtp = await SmtpServer.StartAsync(Stop);
        var sender = new MailSender { Host = "127.0.0.1", Port = smtp.Port, Security = MailSecurity.None, User = "user", Password = "pass" };
        Assert.Null(await SmtpMailer.TryAsync(sender, Stop));
        sender.Password = "wrong";
        Assert.Contains("password", await SmtpMailer.TryAsync(sender, Stop), StringComparison.Ordinal);
        sender.Port = 1;
        Assert.Contains("reached", await SmtpMailer.TryAsync(sender, Stop), StringComparison.Ordinal);
    }
}
