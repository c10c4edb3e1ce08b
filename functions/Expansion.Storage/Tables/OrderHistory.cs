using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Storage.Tables;

/// <summary>What is known of an order outside its month. PartitionKey: shop and order. RowKey: "location", or "refund" and the refund's id. One query reads it all.</summary>
internal sealed record OrderHistory(OrderLocation? Location, IReadOnlyList<Refund> Refunds)
{
    private const string LocationKey = "location";

    public static string Partition(ShopId shop, OrderId order) => TableKey.From(shop.Value, "order", order.Value);

    public static async Task<OrderHistory> ReadAsync(LazyTable table, ShopId shop, OrderId order, CancellationToken cancellationToken)
    {
        OrderLocation? location = null;
        var refunds = new List<Refund>();
        await foreach (var row in table.QueryAsync(Partition(shop, order), cancellationToken))
        {
            if (row.RowKey == LocationKey)
            {
                location = OrderLocation.From(row);
            }
            else
            {
                refunds.Add(row.Json<Refund>());
            }
        }

        return new OrderHistory(location, refunds);
    }

    public static TableEntity Row(ShopId shop, Refund refund) => new TableEntity(Partition(shop, refund.OrderId), TableKey.From("refund", refund.Id)).With(refund);

    public static TableEntity Row(ShopId shop, OrderId order, OrderLocation location) => new(Partition(shop, order), LocationKey)
    {
        ["Month"] = location.Month.ToString(),
        ["UpdatedAt"] = location.UpdatedAt,
        ["Left"] = string.Join(' ', location.Left),
    };
}

/// <summary>The month that holds the newest version of an order.</summary>
/// <param name="Left">Months it was in before and that may hold it still.</param>
internal sealed record OrderLocation(YearMonth Month, DateTimeOffset UpdatedAt, IReadOnlyList<YearMonth> Left)
{
    public ETag Version { get; init; }

    /// <summary>Nobody knew of the order before.</summary>
    public bool First { get; init; }

    public static OrderLocation From(TableEntity row) => new(
        YearMonth.Parse(row.GetString("Month")),
        row.GetDateTimeOffset("UpdatedAt") ?? throw new InvalidOperationException($"Row {row.PartitionKey}/{row.RowKey} has no time."),
        [.. row.GetString("Left").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(YearMonth.Parse)])
    {
        Version = row.ETag,
    };

    /// <summary>Where the order is once <paramref name="order"/> is its newest version.</summary>
    public static OrderLocation After(OrderLocation? before, Order order)
    {
        var left = before?.Left.Append(before.Month).Where(month => month != order.Month).Distinct() ?? [];
        return new OrderLocation(order.Month, order.UpdatedAt.ToUniversalTime(), [.. left]) { First = before is null };
    }

    public bool IsOf(Order order) => Month == order.Month && UpdatedAt == order.UpdatedAt;
}
