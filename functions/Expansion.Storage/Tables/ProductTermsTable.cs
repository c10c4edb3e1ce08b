using System.Globalization;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Offers.Bundles;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop. RowKey: SKU. Serves "the costs and stocks of a shop's products".</summary>
internal sealed class ProductTermsTable(TableServiceClient tables) : IProductTermsStore
{
    private readonly LazyTable _table = new(tables, "ProductTerms");

    public Task SaveAsync(ShopId shop, IReadOnlyCollection<ProductTerms> terms, CancellationToken cancellationToken) => _table.WriteAsync(
        terms.GroupBy(product => product.Sku).Select(same => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row(shop, same.Last()))), cancellationToken);

    public async Task<IReadOnlyList<ProductTerms>> FindAsync(ShopId shop, IReadOnlyCollection<Sku> skus, CancellationToken cancellationToken)
    {
        var rows = await Task.WhenAll(skus.Distinct().Select(sku => _table.FindAsync(TableKey.From(shop.Value), TableKey.From(sku.Value), cancellationToken)));
        return [.. rows.OfType<TableEntity>().Select(Read)];
    }

    public IAsyncEnumerable<ProductTerms> ListAsync(ShopId shop, CancellationToken cancellationToken) =>
        _table.QueryAsync(TableKey.From(shop.Value), cancellationToken).Select(Read);

    private static ProductTerms Read(TableEntity row) => new(
        new(row.GetString("Sku")),
        row.GetString("Cost") is { } cost ? new Money(decimal.Parse(cost, CultureInfo.InvariantCulture), row.GetString("Currency")) : null,
        row.GetInt64("Stock"));

    private static TableEntity Row(ShopId shop, ProductTerms terms) => new(TableKey.From(shop.Value), TableKey.From(terms.Sku.Value))
    {
        ["Sku"] = terms.Sku.Value,
        ["Cost"] = terms.Cost?.Amount.ToString(CultureInfo.InvariantCulture),
        ["Currency"] = terms.Cost?.Currency,
        ["Stock"] = terms.Stock,
    };
}
