using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Storage.Tests;

/// <summary>What most tests start from: one shop, an order of March and its versions.</summary>
internal static class Given
{
    public static readonly ShopId Shop = ShopId.From("coffee.myshopify.com");
    public static readonly YearMonth March = new(2024, 3);
    public static readonly YearMonth April = new(2024, 4);
    public static readonly DateTimeOffset Noon = new(2024, 3, 5, 12, 0, 0, TimeSpan.Zero);

    public static OrderLine Line(string sku, int quantity = 1, string? id = null) => new(new Sku(sku), quantity, quantity, new Money(12.50m, "EUR")) { Id = id };

    /// <param name="version">Minutes after the order was placed.</param>
    public static Order Order(string id = "1001", int version = 0, params OrderLine[] lines) =>
        new(new OrderId(id), new CustomerId("42"), Noon, Noon.AddMinutes(version), lines.Length == 0 ? [Line("beans", 3, "line-1"), Line("cup", 1, "line-2")] : lines);

    public static Order InApril(this Order order) => order with { OrderedAt = new DateTimeOffset(2024, 4, 2, 0, 0, 0, TimeSpan.Zero) };

    public static Refund Refund(string id, string order = "1001", string line = "line-1", int quantity = 1) => new(id, new OrderId(order), [new RefundLine(line, quantity)]);

    public static async Task<List<Order>> OrdersAsync(this IOrderStore store, YearMonth month) => await store.ReadAsync(Shop, month, default).ToListAsync();

    public static async Task<Order> OnlyOrderAsync(this IOrderStore store, YearMonth month) => Assert.Single(await store.OrdersAsync(month));

    public static async Task<IEnumerable<YearMonth>> MarkedAsync(this IOrderStore store) => (await store.ChangedMonthsAsync(Shop, default)).Select(changed => changed.Month);
}
