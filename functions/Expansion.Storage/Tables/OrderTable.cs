using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Storage.Tables;

/// <summary>
/// PartitionKey: shop and month. RowKey: order. Serves "all orders of a month", to be folded into its segment.
/// Beside them what is known of one order (<see cref="OrderHistory"/>), and per shop a row for every month that has changed; its ETag is the mark's version.
/// </summary>
/// <remarks>
/// No transaction spans these partitions, so writes go in an order in which a crash anywhere leaves work for the queue's retry and nothing else:
/// 1. the order claims its history, or the refund enters it, under its ETag: here it is decided who is newest, which months are left behind, and
///    which of an order and its refund is second and must see the other;
/// 2. the order is written into its month, less the refunds, unless a newer one is there: a slow writer can't undo a fast one;
/// 3. the history is read again, for refunds that entered since, and for a move by somebody newer: then it is the slow writer's row that is too many;
/// 4. the month is marked, after its rows: whoever folds reads the mark before the rows, so a row it missed has a mark it can't clear;
/// 5. the order is taken out of the months it left, and only then are they forgotten.
/// The retry claims with an equal time, which passes, and does 2 to 5 again; each of them can be repeated.
/// </remarks>
internal sealed class OrderTable(TableServiceClient tables) : IOrderStore
{
    private const int Attempts = 20;

    private readonly LazyTable _table = new(tables, "Orders");

    public async Task SaveAsync(ShopId shop, Order order, CancellationToken cancellationToken)
    {
        var before = await EnterAsync(shop, order.Id, known => known.IsNewerThan(order) ? null : known.With(order), cancellationToken);
        var history = before;
        if (!before.IsNewerThan(order))
        {
            await WriteAsync(shop, order.Less(before.Refunds), before.Month is null, cancellationToken);
            history = await OrderHistory.ReadAsync(_table, shop, order.Id, cancellationToken);
            if (history.Refunds.Count != before.Refunds.Count)
            {
                await TakeOffAsync(shop, order.Id, order.Month, history.Refunds, cancellationToken);
            }

            await MarkAsync(shop, order.Month, cancellationToken);
        }

        await LeaveAsync(shop, order, history, cancellationToken);
    }

    public async Task SaveAsync(ShopId shop, Refund refund, CancellationToken cancellationToken)
    {
        var before = await EnterAsync(shop, refund.OrderId, known => known.With(refund), cancellationToken);
        if (before.Month is { } month)
        {
            await TakeOffAsync(shop, refund.OrderId, month, before.With(refund).Refunds, cancellationToken);
            await MarkAsync(shop, month, cancellationToken);
        }
    }

    public async Task<KnownOrder?> FindAsync(ShopId shop, OrderId order, CancellationToken cancellationToken)
    {
        var history = await OrderHistory.ReadAsync(_table, shop, order, cancellationToken);
        return history.Month is { } month && await FindAsync(shop, month, order, cancellationToken) is { } row ? new(row.Json<Order>(), history.Refunds) : null;
    }

    public async IAsyncEnumerable<Order> ReadAsync(ShopId shop, YearMonth month, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.QueryAsync(Partition(shop, month), cancellationToken))
        {
            yield return row.Json<Order>();
        }
    }

    public async Task<IReadOnlyList<ChangedMonth>> ChangedMonthsAsync(ShopId shop, CancellationToken cancellationToken)
    {
        var months = new List<ChangedMonth>();
        await foreach (var row in _table.QueryAsync(Marks(shop), cancellationToken))
        {
            months.Add(new ChangedMonth(YearMonth.Parse(row.RowKey), row.ETag.ToString()));
        }

        return months;
    }

    public Task ClearAsync(ShopId shop, ChangedMonth month, CancellationToken cancellationToken) =>
        _table.TryDeleteAsync(Marks(shop), month.Month.ToString(), new ETag(month.Version), cancellationToken);

    private static string Partition(ShopId shop, YearMonth month) => TableKey.From(shop.Value, month.ToString());

    private static string Marks(ShopId shop) => TableKey.From(shop.Value, "changed");

    private Task MarkAsync(ShopId shop, YearMonth month, CancellationToken cancellationToken) =>
        _table.ReplaceAsync(new TableEntity(Marks(shop), month.ToString()), cancellationToken);

    private Task<TableEntity?> FindAsync(ShopId shop, YearMonth month, OrderId order, CancellationToken cancellationToken) =>
        _table.FindAsync(Partition(shop, month), TableKey.From(order.Value), cancellationToken);

    /// <param name="change">The history after, or null to leave it as it is.</param>
    /// <returns>The history before.</returns>
    private async Task<OrderHistory> EnterAsync(ShopId shop, OrderId order, Func<OrderHistory, OrderHistory?> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var history = await OrderHistory.ReadAsync(_table, shop, order, cancellationToken);
            if (change(history) is not { } changed || await changed.TryWriteAsync(_table, shop, order, cancellationToken))
            {
                return history;
            }
        }

        throw Contended(shop, order);
    }

    private async Task WriteAsync(ShopId shop, Order order, bool first, CancellationToken cancellationToken)
    {
        var row = Row(shop, order);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var stored = first && attempt == 0 ? null : await FindAsync(shop, order.Month, order.Id, cancellationToken);
            if (stored?.GetDateTimeOffset("UpdatedAt") > order.UpdatedAt
                || (stored is null ? await _table.TryAddAsync(row, cancellationToken) : await _table.TryReplaceAsync(row, stored.ETag, cancellationToken)))
            {
                return;
            }
        }

        throw Contended(shop, order.Id);
    }

    private async Task TakeOffAsync(ShopId shop, OrderId id, YearMonth month, IReadOnlyList<Refund> refunds, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await FindAsync(shop, month, id, cancellationToken) is not { } stored)
            {
                return;
            }

            var order = stored.Json<Order>();
            var less = order.Less(refunds);
            if (less.Lines.SequenceEqual(order.Lines) || await _table.TryReplaceAsync(Row(shop, less), stored.ETag, cancellationToken))
            {
                return;
            }
        }

        throw Contended(shop, id);
    }

    private async Task LeaveAsync(ShopId shop, Order order, OrderHistory history, CancellationToken cancellationToken)
    {
        foreach (var month in history.Left.Append(order.Month).Where(month => month != history.Month).Distinct())
        {
            var stored = await FindAsync(shop, month, order.Id, cancellationToken);
            if (stored is not null && stored.GetDateTimeOffset("UpdatedAt") <= history.UpdatedAt)
            {
                await _table.TryDeleteAsync(stored.PartitionKey, stored.RowKey, stored.ETag, cancellationToken);
            }

            await MarkAsync(shop, month, cancellationToken);
        }

        if (history.Left.Count > 0)
        {
            await (history with { Left = [] }).TryWriteAsync(_table, shop, order.Id, cancellationToken);
        }
    }

    private static TableEntity Row(ShopId shop, Order order) =>
        new TableEntity(Partition(shop, order.Month), TableKey.From(order.Id.Value)) { ["UpdatedAt"] = order.UpdatedAt.ToUniversalTime() }.With(order);

    private static InvalidOperationException Contended(ShopId shop, OrderId order) => new($"Order {order} of {shop} was changed by others {Attempts} times while being saved.");
}
