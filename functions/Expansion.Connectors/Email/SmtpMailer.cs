using System.Net.Sockets;
using Expansion.Engine.Outbox;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Expansion.Connectors.Email;

/// <summary>Hands one message to the sender's SMTP server, and says what the server said.</summary>
public static class SmtpMailer
{
    private static readonly TimeSpan PasswordPatience = TimeSpan.FromHours(1);

    public static async Task<MailResult> SendAsync(MailSender sender, MimeMessage message, CancellationToken cancellationToken)
    {
        var progress = new Progress();
        using var client = new SmtpClient { Timeout = (int)sender.Timeout.TotalMilliseconds };
        try
        {
            await ConnectAsync(client, sender, cancellationToken);
            await client.SendAsync(message, cancellationToken, progress);
            return new(new Delivered("The mail server has it."));
        }
        catch (AuthenticationException)
        {
            return new(new Failed("The mail server doesn't take the user and password.", PasswordPatience));
        }
        catch (SslHandshakeException)
        {
            return new(new Failed("The mail server's certificate isn't trusted, or it doesn't speak TLS on this port."));
        }
        catch (SmtpCommandException exception)
        {
            return Answered(exception);
        }
        catch (Exception exception) when (exception is IOException or SocketException or SmtpProtocolException or ServiceNotConnectedException or NotSupportedException or TimeoutException)
        {
            // Once the text is on its way, only the server knows whether it arrived; until then it can't have.
            return new(progress.HasBegun
                ? new Refused("The connection broke off before the mail server had answered: the mail may have arrived. Send it again if it hasn't.")
                : new Failed("The mail server can't be reached, or broke off."));
        }
        finally
        {
            await DisconnectAsync(client);
        }
    }

    /// <summary>For who asks whether the settings work: connects and signs in, and sends nothing.</summary>
    public static async Task<string?> TryAsync(MailSender sender, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient { Timeout = (int)sender.Timeout.TotalMilliseconds };
        try
        {
            await ConnectAsync(client, sender, cancellationToken);
            return null;
        }
        catch (AuthenticationException)
        {
            return "it doesn't take the user and password";
        }
        catch (Exception exception) when (exception is IOException or SocketException or SslHandshakeException or ProtocolException or CommandException or NotSupportedException or TimeoutException)
        {
            return "it can't be reached with these settings";
        }
        finally
        {
            await DisconnectAsync(client);
        }
    }

    private static async Task ConnectAsync(SmtpClient client, MailSender sender, CancellationToken cancellationToken)
    {
        var security = sender.Security switch
        {
            MailSecurity.StartTls => SecureSocketOptions.StartTls,
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            _ => SecureSocketOptions.None,
        };
        await client.ConnectAsync(sender.Host, sender.Port, security, cancellationToken);
        if (sender.User is { Length: > 0 } user)
        {
            await client.AuthenticateAsync(user, sender.Password ?? "", cancellationToken);
        }
    }

    private static MailResult Answered(SmtpCommandException exception)
    {
        var code = (int)exception.StatusCode;
        var said = $"The mail server answered {code}.";
        return code < 500 ? new(new Failed(said))
            // A mailbox that is full may be emptied; one that isn't there won't come.
            : new(new Refused(said)) { NoSuchAddress = exception.ErrorCode == SmtpErrorCode.RecipientNotAccepted };
    }

    private static async Task DisconnectAsync(SmtpClient client)
    {
        try
        {
            await client.DisconnectAsync(quit: true);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ProtocolException or CommandException or ServiceNotConnectedException)
        {
            // What was to be sent is sent or not; a good-bye changes nothing.
        }
    }

    private sealed class Progress : ITransferProgress
    {
        public bool HasBegun { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => HasBegun = true;

        public void Report(long bytesTransferred) => HasBegun = true;
    }
}

/// <param name="Result">What the try came to.</param>
public sealed record MailResult(DeliveryResult Result)
{
    /// <summary>There is no such mailbox: nothing more is to go there.</summary>
    public bool NoSuchAddress { get; init; }
}
