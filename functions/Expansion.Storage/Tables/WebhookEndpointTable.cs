using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Webhooks;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop. RowKey: endpoint. Serves "is this endpoint switched off, and why". An endpoint that is on has no row.</summary>
internal sealed class WebhookEndpointTable(TableServiceClient tables) : IWebhookEndpointStore
{
    private readonly LazyTable _table = new(tables, "WebhookEndpoints");

    public async Task<DisabledEndpoint?> FindAsync(ShopId shop, string endpoint, CancellationToken cancellationToken) =>
        (await _table.FindAsync(TableKey.From(shop.Value), TableKey.From(endpoint), cancellationToken))?.Json<DisabledEndpoint>();

    public Task DisableAsync(ShopId shop, string endpoint, DisabledEndpoint disabled, CancellationToken cancellationToken) =>
        _table.ReplaceAsync(new TableEntity(TableKey.From(shop.Value), TableKey.From(endpoint)).With(disabled), cancellationToken);

    public Task EnableAsync(ShopId shop, string endpoint, CancellationToken cancellationToken) =>
        _table.TryDeleteAsync(TableKey.From(shop.Value), TableKey.From(endpoint), ETag.All, cancellationToken);
}
