using System.Net;
using Expansion.Engine;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Expansion.Connectors.Email;

/// <summary>Collects every mistake, by its setting. Secrets are never repeated in a message.</summary>
internal sealed class EmailOptionsValidator : IValidateOptions<EmailOptions>
{
    private const int MinKeyLength = 32;

    public ValidateOptionsResult Validate(string? name, EmailOptions options)
    {
        List<string> errors = options.Senders.Count == 0 ? [] :
        [
            .. IsHttps(options.PublicUrl) ? Array.Empty<string>() : [$"{EmailOptions.Section}:PublicUrl: must be the https address this app is reached at."],
            .. options.LinkKeys.Count > 0 && options.LinkKeys.All(key => key.Length >= MinKeyLength) ? Array.Empty<string>() : [$"{EmailOptions.Section}:LinkKeys: at least one is needed, each of {MinKeyLength} characters or more."],
            .. options.Senders.Index().SelectMany(sender => Mistakes(sender.Item).Select(mistake => $"{EmailOptions.Section}:Senders:{sender.Index}:{mistake}")),
            .. options.Senders.GroupBy(sender => sender.Shop).Where(same => same.Count() > 1).Select(same => $"{EmailOptions.Section}:Senders: {same.Key} is there more than once."),
        ];
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Mistakes(MailSender sender)
    {
        if (!ShopId.TryFrom(sender.Shop, out _))
        {
            yield return $"Shop: '{sender.Shop}' is no shop's id, e.g. coffee.example.";
        }

        if (sender.Host.Length == 0 || sender.Port is < 1 or > 65535)
        {
            yield return "Host: must be the SMTP server, with a Port from 1 to 65535.";
        }

        if (sender.Security == MailSecurity.None && !(sender.Host == "localhost" || (IPAddress.TryParse(sender.Host, out var address) && IPAddress.IsLoopback(address))))
        {
            yield return "Security: None is for this machine only; use StartTls or Tls.";
        }

        if (!MailboxAddress.TryParse(sender.From, out var from) || !from.Address.Contains('@', StringComparison.Ordinal))
        {
            yield return $"From: '{sender.From}' is no address, e.g. Coffee <offers@coffee.example>.";
        }

        if (sender.ReplyTo is { Length: > 0 } reply && !MailboxAddress.TryParse(reply, out _))
        {
            yield return $"ReplyTo: '{reply}' is no address.";
        }

        if (sender.AlertsTo is { Length: > 0 } alerts && !MailboxAddress.TryParse(alerts, out _))
        {
            yield return $"AlertsTo: '{alerts}' is no address.";
        }

        if (sender.PostalAddress.Trim().Length == 0)
        {
            yield return "PostalAddress: the sender's name and postal address stand below every offer.";
        }

        if (!IsHttps(sender.ProductUrl))
        {
            yield return "ProductUrl: must be an https address, with {sku} where the product's goes.";
        }

        if (sender.Timeout < TimeSpan.FromSeconds(1) || sender.Timeout > TimeSpan.FromMinutes(2))
        {
            yield return "Timeout: must be from 1 second to 2 minutes.";
        }
    }

    private static bool IsHttps(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps;
}
