using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop. RowKey: SKU. Serves "these products" and "all products of a shop". Rows are merged, so that what is not known now keeps what was known before.</summary>
internal sealed class ProductTable(TableServiceClient tables) : IProductStore
{
    private readonly LazyTable _table = new(tables, "Products");

    public Task SaveAsync(ShopId shop, IReadOnlyCollection<Product> products, CancellationToken cancellationToken)
    {
        var distinct = products.GroupBy(product => product.Sku).Select(same => same.Aggregate((older, newer) =>
            new Product(newer.Sku, newer.Title ?? older.Title, newer.Price ?? older.Price)));
        return _table.WriteAsync(distinct.Select(product => new TableTransactionAction(TableTransactionActionType.UpsertMerge, Row(shop, product))), cancellationToken);
    }

    public async Task<IReadOnlyDictionary<Sku, Product>> FindAsync(ShopId shop, IReadOnlyCollection<Sku> skus, CancellationToken cancellationToken)
    {
        var rows = await Task.WhenAll(skus.Distinct().Select(sku => _table.FindAsync(TableKey.From(shop.Value), TableKey.From(sku.Value), cancellationToken)));
        return rows.OfType<TableEntity>().Select(Read).ToDictionary(product => product.Sku);
    }

    public async IAsyncEnumerable<Product> ListAsync(ShopId shop, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.QueryAsync(TableKey.From(shop.Value), cancellationToken))
        {
            yield return Read(row);
        }
    }

    private static Product Read(TableEntity row)
    {
        Money? price = row.GetString("Price") is { } amount ? new Money(decimal.Parse(amount, CultureInfo.InvariantCulture), row.GetString("Currency")) : null;
        return new Product(new Sku(row.GetString("Sku")), row.GetString("Title"), price);
    }

    private static TableEntity Row(ShopId shop, Product product)
    {
        var row = new TableEntity(TableKey.From(shop.Value), TableKey.From(product.Sku.Value)) { ["Sku"] = product.Sku.Value };
        if (product.Title is { } title)
        {
            row["Title"] = title;
        }

        if (product.Price is { } price)
        {
            row["Price"] = price.Amount.ToString(CultureInfo.InvariantCulture);
            row["Currency"] = price.Currency;
        }

        return row;
    }
}
