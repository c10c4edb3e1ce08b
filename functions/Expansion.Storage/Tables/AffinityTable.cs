using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Affinity;

namespace Expansion.Storage.Tables;

/// <summary>
/// PartitionKey: shop, generation and one of <see cref="Parts"/> parts by the SKU's hash. RowKey: SKU. Serves "the partners of these products", by point reads.
/// Beside them, in the shop's own partition, a row for every generation that was begun, so that none is forgotten by the sweep,
/// and the pointer to the one that is read.
/// </summary>
internal sealed class AffinityTable(TableServiceClient tables) : IAffinityStore
{
    private const string Pointer = "current";
    private const int Attempts = 10;

    /// <summary>The service takes 2,000 rows a second a partition, and the emulator looks for a row among all of its partition.</summary>
    private const int Parts = 32;

    private readonly LazyTable _table = new(tables, "Affinity");

    public async Task<AffinityGeneration?> CurrentAsync(ShopId shop, CancellationToken cancellationToken) =>
        (await PointerAsync(shop, cancellationToken))?.Json<AffinityGeneration>();

    /// <summary>Registered before the first row, so that a crash leaves nothing the sweep doesn't know, and again after the last, for the sweep that came in between.</summary>
    public async Task WriteAsync(ShopId shop, AffinityGeneration generation, IEnumerable<ProductAffinity> products, CancellationToken cancellationToken)
    {
        if ((await PointerAsync(shop, cancellationToken))?.GetString("Generation") == generation.Id)
        {
            return;
        }

        var leftovers = await KeysAsync(shop, generation.Id, cancellationToken);
        await RegisterAsync(shop, generation, cancellationToken);
        await _table.WriteAsync(products.Select(product => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row(shop, generation.Id, product, leftovers))), cancellationToken);
        await DeleteAsync(leftovers, cancellationToken);
        await RegisterAsync(shop, generation, cancellationToken);
    }

    public async Task<bool> PublishAsync(ShopId shop, AffinityGeneration generation, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var pointer = await PointerAsync(shop, cancellationToken);
            var published = pointer?.GetString("Generation");
            var order = string.CompareOrdinal(published, generation.Id);
            if (order >= 0)
            {
                return order == 0;
            }

            var moved = new TableEntity(TableKey.From(shop.Value), Pointer) { ["Generation"] = generation.Id, ["Previous"] = published }.With(generation);
            if (pointer is null ? await _table.TryAddAsync(moved, cancellationToken) : await _table.TryReplaceAsync(moved, pointer.ETag, cancellationToken))
            {
                return true;
            }
        }

        throw new InvalidOperationException($"Generation {generation.Id} of {shop} could not be published: the pointer moved {Attempts} times meanwhile.");
    }

    public async Task SweepAsync(ShopId shop, CancellationToken cancellationToken)
    {
        var keep = (await PointerAsync(shop, cancellationToken))?.GetString("Previous");
        await foreach (var row in _table.QueryAsync(TableKey.From(shop.Value), cancellationToken, "PartitionKey", "RowKey", "Generation"))
        {
            if (row.RowKey != Pointer && string.CompareOrdinal(row.GetString("Generation"), keep) < 0)
            {
                await DeleteAsync(await KeysAsync(shop, row.GetString("Generation"), cancellationToken), cancellationToken);
                await _table.TryDeleteAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
            }
        }
    }

    public async Task<IReadOnlyDictionary<Sku, ProductAffinity>> FindAsync(ShopId shop, string generation, IReadOnlyCollection<Sku> skus, CancellationToken cancellationToken)
    {
        var rows = await Task.WhenAll(skus.Distinct().Select(sku => _table.FindAsync(Partition(shop, generation, sku), TableKey.From(sku.Value), cancellationToken)));
        return rows.OfType<TableEntity>().Select(row => row.Json<ProductAffinity>()).ToDictionary(product => product.Sku);
    }

    public async Task ChangeAsync(ShopId shop, string generation, Sku sku, Func<ProductAffinity?, ProductAffinity> change, CancellationToken cancellationToken)
    {
        var partition = Partition(shop, generation, sku);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var row = await _table.FindAsync(partition, TableKey.From(sku.Value), cancellationToken);
            var changed = new TableEntity(partition, TableKey.From(sku.Value)).With(change(row?.Json<ProductAffinity>()));
            if (row is null ? await _table.TryAddAsync(changed, cancellationToken) : await _table.TryReplaceAsync(changed, row.ETag, cancellationToken))
            {
                return;
            }
        }

        throw new InvalidOperationException($"The partners of {sku} in generation {generation} of {shop} were changed by others {Attempts} times while they were being changed.");
    }

    private static string Partition(ShopId shop, string generation, Sku sku) =>
        $"{Partitions(shop, generation)}{SHA256.HashData(Encoding.UTF8.GetBytes(sku.Value))[0] % Parts:x2}";

    /// <summary>What the partitions of a generation, and no others, begin with.</summary>
    private static string Partitions(ShopId shop, string generation) => TableKey.From(shop.Value, generation, "");

    private static TableEntity Row(ShopId shop, string generation, ProductAffinity product, HashSet<(string, string)> leftovers)
    {
        var row = new TableEntity(Partition(shop, generation, product.Sku), TableKey.From(product.Sku.Value)).With(product);
        leftovers.Remove((row.PartitionKey, row.RowKey));
        return row;
    }

    private Task<TableEntity?> PointerAsync(ShopId shop, CancellationToken cancellationToken) => _table.FindAsync(TableKey.From(shop.Value), Pointer, cancellationToken);

    private Task RegisterAsync(ShopId shop, AffinityGeneration generation, CancellationToken cancellationToken) =>
        _table.ReplaceAsync(new TableEntity(TableKey.From(shop.Value), TableKey.From("generation", generation.Id)) { ["Generation"] = generation.Id }, cancellationToken);

    private async Task<HashSet<(string Partition, string Row)>> KeysAsync(ShopId shop, string generation, CancellationToken cancellationToken)
    {
        var keys = new HashSet<(string, string)>();
        await foreach (var row in _table.QueryPartitionsAsync(Partitions(shop, generation), cancellationToken, "PartitionKey", "RowKey"))
        {
            keys.Add((row.PartitionKey, row.RowKey));
        }

        return keys;
    }

    private Task DeleteAsync(IEnumerable<(string Partition, string Row)> keys, CancellationToken cancellationToken) =>
        _table.WriteAsync(keys.Select(key => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(key.Partition, key.Row), ETag.All)), cancellationToken);
}
