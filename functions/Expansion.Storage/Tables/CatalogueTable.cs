using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Affinity.Delay;
using Expansion.Engine.Offers.Bundles;
using Expansion.Engine.Orders;
using Expansion.Engine.Recommendations.Catalogue;

namespace Expansion.Storage.Tables;

/// <summary>
/// PartitionKey: shop and one of <see cref="Parts"/> parts by the SKU's hash. RowKey: SKU. Serves "all products of a shop" and "these products".
/// A row holds what orders told in columns of its own, merged in blindly, and what the catalogue says as JSON, replaced only if nobody else was faster.
/// </summary>
internal sealed class CatalogueTable(TableServiceClient tables, TimeProvider time) : ICatalogueStore, IProductStore, IProductTermsStore
{
    private const int Attempts = 10;

    /// <summary>The service takes 2,000 rows a second a partition, and the emulator looks for a row among all of its partition.</summary>
    private const int Parts = 32;

    /// <summary>From so many of a partition on it is read as a whole.</summary>
    private const int MostPointReads = 20;

    private readonly LazyTable _table = new(tables, "Products");
    private readonly VariantTable _variants = new(tables);
    private readonly CatalogueNoticeTable _notices = new(tables, time);

    public async Task<IReadOnlyList<CatalogueChange>> SaveAsync(ShopId shop, IReadOnlyCollection<ToldItem> told, CancellationToken cancellationToken)
    {
        var changes = new ConcurrentBag<CatalogueChange>();
        await Parallel.ForEachAsync(
            told.GroupBy(item => Partition(shop, item.Item.Sku)),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken },
            async (part, stop) =>
            {
                foreach (var change in await SaveAsync(part.Key, part.ToLookup(item => item.Item.Sku), stop))
                {
                    changes.Add(change);
                }
            });
        await _notices.AddAsync(shop, [.. changes.Select(change => change.After.Item.Sku)], cancellationToken);
        return [.. changes];
    }

    /// <summary>The list of variants goes last: a repeat after a crash finds the same that are gone.</summary>
    public async Task<IReadOnlyList<CatalogueChange>> SaveAsync(ShopId shop, ProductListing product, CancellationToken cancellationToken)
    {
        var changes = await SaveAsync(shop, [.. product.Told(await _variants.FindAsync(shop, product.Id, cancellationToken))], cancellationToken);
        await _variants.SaveAsync(shop, product, cancellationToken);
        return changes;
    }

    public async Task<IReadOnlyList<CatalogueEntry>> FindAsync(ShopId shop, IReadOnlyCollection<Sku> skus, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(skus.GroupBy(sku => Partition(shop, sku)).Select(part => RowsAsync(part.Key, [.. part.Distinct()], cancellationToken)));
        return [.. found.SelectMany(rows => rows.Values).Select(Entry)];
    }

    public IAsyncEnumerable<CatalogueEntry> ListAsync(ShopId shop, CancellationToken cancellationToken) =>
        _table.QueryPartitionsAsync(TableKey.From(shop.Value, ""), cancellationToken).Select(Entry);

    public Task<IReadOnlyList<CatalogueNotice>> ChangesAsync(ShopId shop, DateTimeOffset from, CancellationToken cancellationToken) => _notices.ListAsync(shop, from, cancellationToken);

    public Task SweepChangesAsync(ShopId shop, DateTimeOffset before, CancellationToken cancellationToken) => _notices.SweepAsync(shop, before, cancellationToken);

    Task IProductStore.SaveAsync(ShopId shop, IReadOnlyCollection<Product> products, CancellationToken cancellationToken)
    {
        var distinct = products.GroupBy(product => product.Sku).Select(same => same.Aggregate((older, newer) =>
            new Product(newer.Sku, newer.Title ?? older.Title, newer.Price ?? older.Price)));
        return _table.WriteAsync(distinct.Select(product => new TableTransactionAction(TableTransactionActionType.UpsertMerge, Row(shop, product))), cancellationToken);
    }

    async Task<IReadOnlyDictionary<Sku, Product>> IProductStore.FindAsync(ShopId shop, IReadOnlyCollection<Sku> skus, CancellationToken cancellationToken) =>
        (await FindAsync(shop, skus, cancellationToken)).ToDictionary(entry => entry.Item.Sku, Product);

    IAsyncEnumerable<Product> IProductStore.ListAsync(ShopId shop, CancellationToken cancellationToken) => ListAsync(shop, cancellationToken).Select(Product);

    Task IProductTermsStore.SaveAsync(ShopId shop, IReadOnlyCollection<ProductTerms> terms, CancellationToken cancellationToken) =>
        SaveAsync(shop, [.. terms.Select(product => new ToldItem(new(product.Sku) { Cost = product.Cost, Stock = product.Stock }, CatalogueSource.Api, time.GetUtcNow()))], cancellationToken);

    async Task<IReadOnlyList<ProductTerms>> IProductTermsStore.FindAsync(ShopId shop, IReadOnlyCollection<Sku> skus, CancellationToken cancellationToken) =>
        [.. (await FindAsync(shop, skus, cancellationToken)).Where(HasTerms).Select(Terms)];

    IAsyncEnumerable<ProductTerms> IProductTermsStore.ListAsync(ShopId shop, CancellationToken cancellationToken) => ListAsync(shop, cancellationToken).Where(HasTerms).Select(Terms);

    private static Product Product(CatalogueEntry entry) => new(entry.Item.Sku, entry.Item.FullTitle(), entry.Item.Price) { Kind = entry.Item.Kind ?? ProductKind.Goods };

    private static bool HasTerms(CatalogueEntry entry) => entry.Item.Cost is not null || entry.Item.Stock is not null;

    private static ProductTerms Terms(CatalogueEntry entry) => new(entry.Item.Sku, entry.Item.Cost, entry.Item.Stock);

    private static string Partition(ShopId shop, Sku sku) => $"{TableKey.From(shop.Value, "")}{SHA256.HashData(Encoding.UTF8.GetBytes(sku.Value))[0] % Parts:x2}";

    private async Task<IEnumerable<CatalogueChange>> SaveAsync(string partition, ILookup<Sku, ToldItem> told, CancellationToken cancellationToken)
    {
        var changes = new Dictionary<Sku, CatalogueChange>();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var rows = await RowsAsync(partition, [.. told.Select(same => same.Key)], cancellationToken);
            try
            {
                await _table.WriteAsync(told.Select(same => Change(rows.GetValueOrDefault(TableKey.From(same.Key.Value)), same)).OfType<TableTransactionAction>(), cancellationToken);
                return changes.Values;
            }
            catch (RequestFailedException exception) when (exception.Status is 409 or 412)
            {
                // Somebody else wrote one of the rows meanwhile: what isn't written yet is told to the rows as they are now.
            }
        }

        throw new InvalidOperationException($"Products of {partition} were changed by others {Attempts} times while they were being changed.");

        TableTransactionAction? Change(TableEntity? row, IGrouping<Sku, ToldItem> same)
        {
            var known = row is not null && row.ContainsKey("Json0") ? row.Json<CatalogueEntry>() : null;
            var entry = same.Aggregate(known ?? new(new CatalogueItem(same.Key)), (entry, item) => entry.With(item));
            if (entry == known)
            {
                return null;
            }

            changes[same.Key] = new(changes.TryGetValue(same.Key, out var earlier) ? earlier.Before : known, entry);
            var changed = new TableEntity(partition, TableKey.From(same.Key.Value)) { ["Sku"] = same.Key.Value }.With(entry);
            return row is null ? new(TableTransactionActionType.Add, changed) : new(TableTransactionActionType.UpdateMerge, changed, row.ETag);
        }
    }

    /// <summary>By row key; what isn't there is left out.</summary>
    private async Task<Dictionary<string, TableEntity>> RowsAsync(string partition, IReadOnlyCollection<Sku> skus, CancellationToken cancellationToken)
    {
        if (skus.Count <= MostPointReads)
        {
            var rows = await Task.WhenAll(skus.Select(sku => _table.FindAsync(partition, TableKey.From(sku.Value), cancellationToken)));
            return rows.OfType<TableEntity>().ToDictionary(row => row.RowKey);
        }

        var wanted = skus.Select(sku => TableKey.From(sku.Value)).ToHashSet();
        return await _table.QueryAsync(partition, cancellationToken).Where(row => wanted.Contains(row.RowKey)).ToDictionaryAsync(row => row.RowKey, cancellationToken: cancellationToken);
    }

    /// <summary>What the catalogue says, over what orders told.</summary>
    private static CatalogueEntry Entry(TableEntity row)
    {
        var sku = new Sku(row.GetString("Sku"));
        var known = row.ContainsKey("Json0") ? row.Json<CatalogueEntry>() : new(new CatalogueItem(sku));
        Money? price = row.GetString("Price") is { } amount ? new Money(decimal.Parse(amount, CultureInfo.InvariantCulture), row.GetString("Currency")) : null;
        return known.Item is { Title: not null, Price: not null } ? known : known with { Item = known.Item.Over(new(sku) { Title = row.GetString("Title"), Price = price }) };
    }

    private static TableEntity Row(ShopId shop, Product product)
    {
        var row = new TableEntity(Partition(shop, product.Sku), TableKey.From(product.Sku.Value)) { ["Sku"] = product.Sku.Value };
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
