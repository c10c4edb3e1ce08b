using System.Text.Json;
using Expansion.Connectors.Odoo;
using Expansion.Connectors.Webhooks;
using Expansion.Engine;
using Expansion.Engine.Crm;
using Expansion.Engine.Outbox;
using Expansion.Functions.Outbox;
using Expansion.Functions.Webhooks;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Crm;

/// <summary>Hands opportunities to the CRM and to who listens.</summary>
public sealed class OpportunityOutbox(IOptionsMonitor<OdooOptions> options, IOutboxStore store, OutboxSender outbox, EventAnnouncer announcer, TimeProvider time)
{
    private const string Channel = "odoo";

    public bool IsOn(ShopId shop) => options.CurrentValue.ConnectionOf(shop) is not null;

    /// <summary>Can be repeated.</summary>
    public async Task HandInAsync(ShopId shop, Opportunity opportunity, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (IsOn(shop))
        {
            await outbox.HandInAsync(new OutboxItem(shop, Channel, opportunity.Id, JsonSerializer.Serialize(opportunity, ExpansionJson.Options), now), cancellationToken);
        }

        await AnnounceAsync(shop, EventTypes.OpportunityCreated, opportunity, now, cancellationToken);
    }

    /// <summary>Null for one that was never handed in.</summary>
    public async Task<Opportunity?> FindAsync(ShopId shop, string id, CancellationToken cancellationToken) =>
        Opportunity.IsId(id) && await store.FindAsync(new(shop, Channel, id), cancellationToken) is { } stored ? JsonSerializer.Deserialize<Opportunity>(stored.Item.Body, ExpansionJson.Options) : null;

    /// <summary>Ids and amounts only: what a shop or customer wrote stays here.</summary>
    public Task AnnounceAsync(ShopId shop, string type, Opportunity opportunity, DateTimeOffset at, CancellationToken cancellationToken) => announcer.AnnounceAsync(
        shop, type, opportunity.Id, at, new { opportunity.Id, shop, opportunity.Customer, opportunity.Product, opportunity.ExpectedRevenue, opportunity.Offer }, cancellationToken);
}
