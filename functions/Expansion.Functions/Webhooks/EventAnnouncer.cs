using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Expansion.Connectors.Webhooks;
using Expansion.Engine;
using Expansion.Engine.Outbox;
using Expansion.Functions.Outbox;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Webhooks;

/// <summary>Tells the endpoints of a shop what happened, each by an item of its own.</summary>
public sealed class EventAnnouncer(IOptionsMonitor<WebhookOptions> options, OutboxSender outbox, TimeProvider time)
{
    /// <summary>Can be repeated: the same type and subject is one event.</summary>
    /// <param name="subject">What it happened to, e.g. the offer's id.</param>
    /// <param name="data">Ids, amounts and our own words. Nothing that a shop or customer wrote: receivers may hand it to an agent.</param>
    public async Task AnnounceAsync(ShopId shop, string type, string subject, DateTimeOffset at, object data, CancellationToken cancellationToken)
    {
        var endpoints = options.CurrentValue.EndpointsOf(shop).Where(endpoint => endpoint.Wants(type)).ToList();
        if (endpoints.Count == 0)
        {
            return;
        }

        var id = "evt_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{shop}\n{type}\n{subject}")).AsSpan(0, 16));
        var body = JsonSerializer.Serialize(new OutgoingEvent(type, at.ToUniversalTime(), data), ExpansionJson.Options);
        foreach (var endpoint in endpoints)
        {
            await outbox.HandInAsync(new OutboxItem(shop, $"webhook:{endpoint.Id}", id, body, time.GetUtcNow()), cancellationToken);
        }
    }

    private sealed record OutgoingEvent(string Type, DateTimeOffset Timestamp, object Data);
}
