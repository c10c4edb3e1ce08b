using System.Text.Json;
using Expansion.Connectors.Email;
using Expansion.Connectors.Webhooks;
using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Outbox;
using Expansion.Functions.Email;
using Expansion.Functions.Outbox;
using Expansion.Functions.Webhooks;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Metrics;

/// <summary>Tells of a metric that left its band, once: whoever listens to the shop's events, and by e-mail whom the shop named.</summary>
public sealed class MetricAlarm(IMetricStore metrics, EventAnnouncer announcer, IOptionsMonitor<EmailOptions> email, OutboxSender outbox)
{
    /// <summary>Told first and noted then: what is told twice goes out once, and what was noted alone would never go out.</summary>
    /// <returns>False when it was raised before.</returns>
    public async Task<bool> RaiseAsync(ShopId shop, RaisedAlert alert, CancellationToken cancellationToken)
    {
        if (await metrics.AlertsAsync(shop, cancellationToken).AnyAsync(known => known.Period == alert.Period && known.Metric == alert.Metric, cancellationToken))
        {
            return false;
        }

        var id = $"{alert.Metric}-{alert.Period.First:yyyy-MM-dd}-{alert.Period.Last:yyyy-MM-dd}";
        await announcer.AnnounceAsync(
            shop, EventTypes.MetricAlert, id, alert.RaisedAt, new { id, shop, alert.Metric, From = alert.Period.First, To = alert.Period.Last, alert.Words }, cancellationToken);
        if (email.CurrentValue.SenderOf(shop) is { AlertsTo.Length: > 0 })
        {
            await outbox.HandInAsync(new OutboxItem(shop, AlertMails.Channel, id, JsonSerializer.Serialize(alert, ExpansionJson.Options), alert.RaisedAt), cancellationToken);
        }

        return await metrics.AddAlertAsync(shop, alert, cancellationToken);
    }
}
