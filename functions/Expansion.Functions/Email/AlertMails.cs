using System.Text.Json;
using Expansion.Connectors.Email;
using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Outbox;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Email;

/// <summary>Mails the shop that one of its metrics left its band.</summary>
internal sealed class AlertMails(IOptionsMonitor<EmailOptions> options) : IOutboxChannel
{
    public const string Channel = "alert_email";

    public string Carrier => Channel;

    /// <summary>A reader takes two mails for two.</summary>
    public bool IsRepeatable => false;

    public IReadOnlyList<TimeSpan> Retries => RetryDelay.Usual;

    public async Task<DeliveryResult> DeliverAsync(OutboxItem item, CancellationToken cancellationToken)
    {
        if (options.CurrentValue.SenderOf(item.Shop) is not { AlertsTo.Length: > 0 } sender)
        {
            return new Refused($"Nobody is to get alerts: {item.Shop} has no AlertsTo under {EmailOptions.Section}:Senders.");
        }

        var alert = JsonSerializer.Deserialize<RaisedAlert>(item.Body, ExpansionJson.Options) ?? throw new InvalidOperationException($"Alert {item.Id} of {item.Shop} is empty.");
        using var message = AlertMail.Build(sender, item.Shop, item.Id, alert);
        return (await SmtpMailer.SendAsync(sender, message, cancellationToken)).Result;
    }
}
