using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Recommendations.Catalogue;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop and part by the product's hash. RowKey: the product's id at its source. Serves "what was sold of this product", when it is changed or deleted.</summary>
internal sealed class VariantTable(TableServiceClient tables)
{
    private const int Attempts = 10;
    private const int Parts = 32;

    private readonly LazyTable _table = new(tables, "ProductVariants");

    public async Task<IReadOnlyList<Sku>> FindAsync(ShopId shop, string product, CancellationToken cancellationToken) =>
        (await _table.FindAsync(Partition(shop, product), TableKey.From(product), cancellationToken))?.Json<Sku[]>() ?? [];

    /// <summary>Unless a later list is known. One that isn't whole adds to it.</summary>
    public async Task SaveAsync(ShopId shop, ProductListing product, CancellationToken cancellationToken)
    {
        var (partition, key) = (Partition(shop, product.Id), TableKey.From(product.Id));
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var row = await _table.FindAsync(partition, key, cancellationToken);
            if (row?.GetDateTimeOffset("At") > product.At)
            {
                return;
            }

            var skus = product.Items.Select(item => item.Sku).Union(product.IsWhole ? [] : row?.Json<Sku[]>() ?? []);
            var next = new TableEntity(partition, key) { ["At"] = product.At }.With(skus);
            if (row is null ? await _table.TryAddAsync(next, cancellationToken) : await _table.TryReplaceAsync(next, row.ETag, cancellationToken))
            {
                return;
            }
        }

        throw new InvalidOperationException($"The variants of product {product.Id} of {shop} were changed by others {Attempts} times while they were being changed.");
    }

    private static string Partition(ShopId shop, string product) => $"{TableKey.From(shop.Value, "")}{SHA256.HashData(Encoding.UTF8.GetBytes(product))[0] % Parts:x2}";
}
