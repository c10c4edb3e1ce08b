using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Storage.Tables;

/// <summary>
/// What is known of one order outside its month: which month that is, and its refunds, in one row so that its ETag puts orders and refunds in sequence.
/// PartitionKey: shop and order. RowKey: "history". A point read, because the emulator answers every query by reading its whole table.
/// </summary>
/// <param name="Month">The month that holds the newest version; null while only refunds have arrived.</param>
/// <param name="UpdatedAt">The newest version's.</param>
/// <param name="Left">Months that held the order before and may hold it still.</param>
internal sealed record OrderHistory(YearMonth? Month, DateTimeOffset UpdatedAt, IReadOnlyList<YearMonth> Left, IReadOnlyList<Refund> Refunds)
{
    public static readonly OrderHistory Nothing = new(null, DateTimeOffset.UnixEpoch, [], []);

    private const string RowKey = "history";

    /// <summary>Null when there is no row yet.</summary>
    public ETag? Version { get; init; }

    public static async Task<OrderHistory> ReadAsync(LazyTable table, ShopId shop, OrderId order, CancellationToken cancellationToken) =>
        await table.FindAsync(Partition(shop, order), RowKey, cancellationToken) is { } row ? Read(row) : Nothing;

    /// <returns>False when it has changed since it was read.</returns>
    public Task<bool> TryWriteAsync(LazyTable table, ShopId shop, OrderId order, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Partition(shop, order), RowKey)
        {
            ["Month"] = Month?.ToString(),
            ["UpdatedAt"] = UpdatedAt,
            ["Left"] = string.Join(' ', Left),
        };
        return Version is { } version
            ? table.TryReplaceAsync(row.With(Refunds), version, cancellationToken)
            : table.TryAddAsync(row.With(Refunds), cancellationToken);
    }

    public bool IsNewerThan(Order order) => Month is not null && UpdatedAt > order.UpdatedAt;

    public OrderHistory With(Order newest) => this with
    {
        Month = newest.Month,
        UpdatedAt = newest.UpdatedAt.ToUniversalTime(),
        Left = Month is { } before ? [.. Left.Append(before).Where(month => month != newest.Month).Distinct()] : [],
    };

    public OrderHistory With(Refund refund) => this with { Refunds = [.. Refunds.Where(known => known.Id != refund.Id), refund] };

    private static string Partition(ShopId shop, OrderId order) => TableKey.From(shop.Value, "order", order.Value);

    private static OrderHistory Read(TableEntity row) => new(
        row.GetString("Month") is { } month ? YearMonth.Parse(month) : null,
        row.GetDateTimeOffset("UpdatedAt") ?? throw new InvalidOperationException($"Row {row.PartitionKey}/{row.RowKey} has no time."),
        [.. row.GetString("Left").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(YearMonth.Parse)],
        row.Json<IReadOnlyList<Refund>>())
    {
        Version = row.ETag,
    };
}
