using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Offers.Pricing;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop. RowKey: the document's name. Serves "this shop's plans", "its templates", "its bundles", each as a whole.</summary>
internal sealed class PricingTable(TableServiceClient tables) : IPricingDocuments
{
    private readonly LazyTable _table = new(tables, "Pricing");

    public async Task<Versioned<T>?> FindAsync<T>(ShopId shop, string name, CancellationToken cancellationToken)
        where T : class =>
        await _table.FindAsync(TableKey.From(shop.Value), TableKey.From(name), cancellationToken) is { } row ? new(row.Json<T>(), row.ETag.ToString()) : null;

    public async Task<Versioned<T>?> SaveAsync<T>(ShopId shop, string name, T document, string? since, CancellationToken cancellationToken)
        where T : class
    {
        var row = new TableEntity(TableKey.From(shop.Value), TableKey.From(name)).With(document);
        var saved = since is null ? await _table.TryAddAsync(row, cancellationToken) : await _table.TryReplaceAsync(row, new ETag(since), cancellationToken);
        return saved ? await FindAsync<T>(shop, name, cancellationToken) : null;
    }
}
