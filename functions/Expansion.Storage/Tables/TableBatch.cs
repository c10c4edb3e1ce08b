using Azure.Data.Tables;

namespace Expansion.Storage.Tables;

/// <summary>Cuts many writes into transactions: one partition, 100 operations, 4 MiB and no row twice in each. learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions</summary>
internal static class TableBatch
{
    public const int MaxOperations = 100;
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Room for the request's own frame.</summary>
    private const int Spare = 64 * 1024;

    /// <summary>A transaction goes out when it is full; of each partition one is open, so rows may come in any order of partitions.</summary>
    public static IEnumerable<IReadOnlyList<TableTransactionAction>> Split(IEnumerable<TableTransactionAction> actions)
    {
        var open = new Dictionary<string, Batch>(StringComparer.Ordinal);
        foreach (var action in actions)
        {
            var entity = (TableEntity)action.Entity;
            EntityLimits.Check(entity);
            var bytes = EntityLimits.WireBytes(entity);
            if (open.TryGetValue(entity.PartitionKey, out var batch) && !batch.HasRoomFor(entity.RowKey, bytes))
            {
                yield return batch.Actions;
                batch = null;
            }

            (open[entity.PartitionKey] = batch ?? new()).Add(action, entity.RowKey, bytes);
        }

        foreach (var batch in open.Values)
        {
            yield return batch.Actions;
        }
    }

    private sealed class Batch
    {
        private readonly HashSet<string> _rows = new(StringComparer.Ordinal);
        private int _bytes;

        public List<TableTransactionAction> Actions { get; } = [];

        public bool HasRoomFor(string row, int bytes) => Actions.Count < MaxOperations && _bytes + bytes <= MaxBytes - Spare && !_rows.Contains(row);

        public void Add(TableTransactionAction action, string row, int bytes)
        {
            Actions.Add(action);
            _rows.Add(row);
            _bytes += bytes;
        }
    }
}
