using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Expansion.Engine;
using Expansion.Engine.Compliance;
using Expansion.Storage.Tables;

namespace Expansion.Storage.Compliance;

/// <summary>
/// Goes by the house's keys: a shop's rows are in partitions that begin with its name, or have it for their own key; its blobs lie under its name; its messages name it.
/// So a table, container or queue that is added tomorrow is emptied too.
/// </summary>
internal sealed class ShopRecords(TableServiceClient tables, BlobServiceClient blobs, QueueServiceClient queues) : IShopRecords
{
    public async Task<IReadOnlyDictionary<string, int>> EraseAsync(ShopId shop, CancellationToken cancellationToken)
    {
        var erased = new Dictionary<string, int>();
        await foreach (var queue in queues.GetQueuesAsync(cancellationToken: cancellationToken))
        {
            erased.Count(queue.Name, await queues.GetQueueClient(queue.Name).DeleteAsync(body => body.Contains($"\"{shop}\"", StringComparison.Ordinal), cancellationToken));
        }

        await foreach (var item in tables.QueryAsync(cancellationToken: cancellationToken))
        {
            erased.Count(item.Name, await EraseAsync(tables.GetTableClient(item.Name), shop, cancellationToken));
        }

        await foreach (var item in blobs.GetBlobContainersAsync(cancellationToken: cancellationToken))
        {
            var container = blobs.GetBlobContainerClient(item.Name);
            await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{shop}/", cancellationToken))
            {
                await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
                erased.Count(item.Name, 1);
            }
        }

        return erased;
    }

    private static async Task<int> EraseAsync(TableClient table, ShopId shop, CancellationToken cancellationToken)
    {
        var (rows, own) = (0, TableKey.From(shop.Value));
        var keyed = table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"RowKey eq {own}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken);
        var deletes = table.RowsOfAsync(shop, cancellationToken, "PartitionKey", "RowKey").Concat(keyed).Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All));
        foreach (var batch in TableBatch.Split(await deletes.ToListAsync(cancellationToken)))
        {
            await table.SubmitTransactionAsync(batch, cancellationToken);
            rows += batch.Count;
        }

        return rows;
    }
}
