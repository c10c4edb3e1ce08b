using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace Expansion.Storage.Tables;

/// <summary>
/// A table that is created on first use, once a process, takes nothing that breaks <see cref="EntityLimits"/>, and gives no row of a newer <see cref="RowSchema"/>.
/// What another writer can cause is answered with false; every other failure is thrown.
/// </summary>
internal sealed class LazyTable(TableServiceClient service, string name, int schema = RowSchema.First)
{
    /// <summary>More gains nothing on the emulator and little on the service.</summary>
    private const int ParallelTransactions = 4;

    private readonly TableClient _table = service.GetTableClient(name);
    private volatile bool _exists;

    public async Task<TableEntity?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        var table = await OpenAsync(cancellationToken);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, cancellationToken: cancellationToken);
        return found.HasValue ? RowSchema.Check(found.Value!, name, schema) : null;
    }

    public IAsyncEnumerable<TableEntity> QueryAsync(string partitionKey, CancellationToken cancellationToken, params string[] select) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey}"), select, cancellationToken);

    /// <summary>The rows of a partition whose keys come before <paramref name="rowKey"/>, in their order.</summary>
    public IAsyncEnumerable<TableEntity> QueryBeforeAsync(string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey lt {rowKey}"), [], cancellationToken);

    /// <summary>The rows whose keys come before <paramref name="rowKey"/>, of the partitions from one up to another.</summary>
    public IAsyncEnumerable<TableEntity> QueryBeforeAsync(string from, string until, string rowKey, CancellationToken cancellationToken) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {until} and RowKey lt {rowKey}"), [], cancellationToken);

    /// <summary>The rows of a partition whose keys come after <paramref name="rowKey"/>, in their order; for who may not want them all.</summary>
    public IAsyncEnumerable<TableEntity> QueryAfterAsync(string partitionKey, string rowKey, int pageSize, CancellationToken cancellationToken) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey gt {rowKey}"), [], cancellationToken, pageSize);

    /// <summary>All rows of the partitions whose keys begin so and go on with letters or digits; for nightly work only.</summary>
    public IAsyncEnumerable<TableEntity> QueryPartitionsAsync(string prefix, CancellationToken cancellationToken, params string[] select) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey ge {prefix} and PartitionKey lt {prefix + '~'}"), select, cancellationToken);

    private async IAsyncEnumerable<TableEntity> QueryAsync(string filter, string[] select, [EnumeratorCancellation] CancellationToken cancellationToken, int? pageSize = null)
    {
        var table = await OpenAsync(cancellationToken);
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, pageSize, select: select.Length == 0 ? null : [.. select, RowSchema.Column], cancellationToken: cancellationToken))
        {
            yield return RowSchema.Check(entity, name, schema);
        }
    }

    /// <returns>False when the row is there already; else the entity has its version.</returns>
    public async Task<bool> TryAddAsync(TableEntity entity, CancellationToken cancellationToken)
    {
        Prepare(entity);
        var table = await OpenAsync(cancellationToken);
        return await WroteAsync(entity, () => table.AddEntityAsync(entity, cancellationToken), 409);
    }

    /// <returns>False when the row has changed or gone since; else the entity has its new version.</returns>
    public async Task<bool> TryReplaceAsync(TableEntity entity, ETag since, CancellationToken cancellationToken)
    {
        Prepare(entity);
        var table = await OpenAsync(cancellationToken);
        return await WroteAsync(entity, () => table.UpdateEntityAsync(entity, since, TableUpdateMode.Replace, cancellationToken), 404, 412);
    }

    public async Task ReplaceAsync(TableEntity entity, CancellationToken cancellationToken)
    {
        Prepare(entity);
        var table = await OpenAsync(cancellationToken);
        await table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
    }

    /// <returns>False when the row has changed or gone since.</returns>
    public async Task<bool> TryDeleteAsync(string partitionKey, string rowKey, ETag since, CancellationToken cancellationToken)
    {
        var table = await OpenAsync(cancellationToken);
        return await UnlessAsync(() => table.DeleteEntityAsync(partitionKey, rowKey, since, cancellationToken), 404, 412);
    }

    /// <summary>All of them, in as few transactions as the limits allow, a few at a time. Each transaction is all or nothing, the whole is not.</summary>
    public async Task WriteAsync(IEnumerable<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        var table = await OpenAsync(cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelTransactions, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(TableBatch.Split(actions.Select(Stamped)), parallel, async (batch, stop) => await table.SubmitTransactionAsync(batch, stop));
    }

    /// <summary>One transaction, cut by <see cref="TableBatch"/>. A single row needs none, and is cheaper without.</summary>
    /// <returns>False when one of the rows has changed, gone or come since: then none is written.</returns>
    public async Task<bool> TryWriteAsync(IReadOnlyList<TableTransactionAction> batch, CancellationToken cancellationToken)
    {
        switch (batch)
        {
            case [{ ActionType: TableTransactionActionType.Add } only]:
                return await TryAddAsync((TableEntity)only.Entity, cancellationToken);
            case [{ ActionType: TableTransactionActionType.UpdateReplace } only]:
                return await TryReplaceAsync((TableEntity)only.Entity, only.ETag, cancellationToken);
        }

        var table = await OpenAsync(cancellationToken);
        try
        {
            await table.SubmitTransactionAsync(batch.Select(Stamped), cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private void Prepare(TableEntity entity)
    {
        RowSchema.Stamp(entity, schema);
        EntityLimits.Check(entity);
    }

    private TableTransactionAction Stamped(TableTransactionAction action)
    {
        RowSchema.Stamp((TableEntity)action.Entity, schema);
        return action;
    }

    private static Task<bool> WroteAsync(TableEntity entity, Func<Task<Response>> write, params int[] statuses) => UnlessAsync(
        async () =>
        {
            var response = await write();
            entity.ETag = response.Headers.ETag ?? entity.ETag;
            return response;
        },
        statuses);

    private static async Task<bool> UnlessAsync(Func<Task<Response>> write, params int[] statuses)
    {
        try
        {
            var response = await write();
            return !statuses.Contains(response.Status);
        }
        catch (RequestFailedException exception) when (statuses.Contains(exception.Status))
        {
            return false;
        }
    }

    private async ValueTask<TableClient> OpenAsync(CancellationToken cancellationToken)
    {
        if (!_exists)
        {
            await _table.CreateIfNotExistsAsync(cancellationToken);
            _exists = true;
        }

        return _table;
    }
}
