using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Outbox;

namespace Expansion.Storage.Tables;

/// <summary>
/// Three kinds of partitions. Shop, channel and id, with one row: serves "what became of this one". Shop and "look", rows by time: serves "what is due by now".
/// Shop and "dead", rows by time, newest first: serves "what was given up".
/// </summary>
internal sealed class OutboxTable(TableServiceClient tables) : IOutboxStore
{
    private const string ItemRow = "item";

    private readonly LazyTable _table = new(tables, "Outbox");

    public async Task<StoredOutboxItem?> FindAsync(OutboxKey key, CancellationToken cancellationToken) =>
        await _table.FindAsync(ItemPartition(key), ItemRow, cancellationToken) is { } row ? new(row.Json<OutboxItem>(), row.ETag.ToString()) : null;

    public async Task<bool> TryAddAsync(OutboxItem item, DateTimeOffset lookAt, CancellationToken cancellationToken)
    {
        await AddAsync(new OutboxLook(OutboxKey.Of(item), lookAt), cancellationToken);
        return await _table.TryAddAsync(Row(item), cancellationToken);
    }

    public async Task<bool> TrySaveAsync(StoredOutboxItem item, CancellationToken cancellationToken)
    {
        switch (item.Item.State)
        {
            case OutboxState.Pending:
                await AddAsync(new OutboxLook(OutboxKey.Of(item.Item), item.Item.NextAt), cancellationToken);
                break;
            case OutboxState.Dead:
                await _table.ReplaceAsync(new TableEntity(DeadPartition(item.Item.Shop), DeadRow(item.Item)) { ["Channel"] = item.Item.Channel, ["Id"] = item.Item.Id }, cancellationToken);
                break;
        }

        return await _table.TryReplaceAsync(Row(item.Item), new ETag(item.Version), cancellationToken);
    }

    public IAsyncEnumerable<OutboxLook> DueAsync(ShopId shop, DateTimeOffset now, CancellationToken cancellationToken) =>
        _table.QueryBeforeAsync(LookPartition(shop), Ticks(now.UtcTicks + 1), cancellationToken)
            .Select(row => new OutboxLook(new(shop, row.GetString("Channel"), row.GetString("Id")), new(row.GetInt64("Ticks")!.Value, TimeSpan.Zero)));

    public Task AddAsync(OutboxLook look, CancellationToken cancellationToken) => _table.ReplaceAsync(
        new TableEntity(LookPartition(look.Key.Shop), LookRow(look)) { ["Channel"] = look.Key.Channel, ["Id"] = look.Key.Id, ["Ticks"] = look.At.UtcTicks },
        cancellationToken);

    public Task RemoveAsync(OutboxLook look, CancellationToken cancellationToken) =>
        _table.TryDeleteAsync(LookPartition(look.Key.Shop), LookRow(look), ETag.All, cancellationToken);

    public async IAsyncEnumerable<OutboxItem> DeadAsync(ShopId shop, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.QueryAsync(DeadPartition(shop), cancellationToken))
        {
            // The item's own row tells; this one may be older than a redelivery, or than a save that was lost.
            var item = (await FindAsync(new(shop, row.GetString("Channel"), row.GetString("Id")), cancellationToken))?.Item;
            if (item is { State: OutboxState.Dead })
            {
                yield return item;
            }
            else
            {
                await _table.TryDeleteAsync(row.PartitionKey, row.RowKey, row.ETag, cancellationToken);
            }
        }
    }

    private static TableEntity Row(OutboxItem item) => new TableEntity(ItemPartition(OutboxKey.Of(item)), ItemRow).With(item);

    private static string ItemPartition(OutboxKey key) => TableKey.From(key.Shop.Value, "item", key.Channel, key.Id);

    private static string LookPartition(ShopId shop) => TableKey.From(shop.Value, "look");

    private static string LookRow(OutboxLook look) => $"{Ticks(look.At.UtcTicks)}|{TableKey.From(look.Key.Channel, look.Key.Id)}";

    private static string DeadPartition(ShopId shop) => TableKey.From(shop.Value, "dead");

    /// <summary>One row an item, however often it dies.</summary>
    private static string DeadRow(OutboxItem item) => $"{Ticks(DateTimeOffset.MaxValue.UtcTicks - item.CreatedAt.UtcTicks)}|{TableKey.From(item.Channel, item.Id)}";

    private static string Ticks(long ticks) => ticks.ToString("D19", CultureInfo.InvariantCulture);
}
