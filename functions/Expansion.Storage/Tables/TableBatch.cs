using Azure.Data.Tables;

namespace Expansion.Storage.Tables;

/// <summary>Cuts many writes into transactions: one partition, 100 operations, 4 MiB and no row twice in each. learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions</summary>
internal static class TableBatch
{
    public const int MaxOperations = 100;
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Room for the request's own frame.</summary>
    private const int Spare = 64 * 1024;

    public static IEnumerable<IReadOnlyList<TableTransactionAction>> Split(IEnumerable<TableTransactionAction> actions)
    {
        var batch = new List<TableTransactionAction>(MaxOperations);
        var rows = new HashSet<string>(StringComparer.Ordinal);
        var bytes = 0;
        foreach (var action in actions)
        {
            var entity = (TableEntity)action.Entity;
            EntityLimits.Check(entity);
            var size = EntityLimits.WireBytes(entity);
            if (batch.Count == MaxOperations || bytes + size > MaxBytes - Spare
                || (batch.Count > 0 && batch[0].Entity.PartitionKey != entity.PartitionKey) || rows.Contains(entity.RowKey))
            {
                yield return batch;
                (batch, rows, bytes) = (new(MaxOperations), new(StringComparer.Ordinal), 0);
            }

            batch.Add(action);
            rows.Add(entity.RowKey);
            bytes += size;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
