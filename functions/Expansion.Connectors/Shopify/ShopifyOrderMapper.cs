using System.Globalization;
using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Connectors.Shopify;

/// <summary>From Shopify's words to ours. A body that can't be understood is a <see cref="JsonException"/>.</summary>
public static class ShopifyOrderMapper
{
    /// <summary>What the key of a variant without a SKU begins with.</summary>
    internal const string OfVariant = "variant";

    /// <summary>A net price per unit is a quotient; this many decimals are kept of it.</summary>
    private const int PriceDecimals = 4;

    /// <param name="triggeredAt">When Shopify sent it off, if it says so.</param>
    public static Order MapOrder(ReadOnlySpan<byte> body, DateTimeOffset? triggeredAt)
    {
        var payload = ShopifyJson.Read<OrderPayload>(body);
        var lines = payload.LineItems ?? throw new JsonException("line_items is null.");
        var order = new Order(
            new OrderId(Text(payload.Id)),
            payload.Customer?.Id is { } customer ? new CustomerId(Text(customer)) : null,
            payload.CreatedAt.ToUniversalTime(),
            Version(payload, triggeredAt),
            [.. lines.OfType<LinePayload>().Select(line => Map(line, payload.Currency)).OfType<OrderLine>()])
        {
            Cancelled = !string.IsNullOrEmpty(payload.CancelledAt) || payload.Test == true || payload.FinancialStatus is "voided" or "refunded",
        };

        // Where the lines don't say what is left of them, the refunds that the order carries do.
        return order.Less((payload.Refunds ?? []).OfType<RefundPayload>().Select(Map));
    }

    public static Refund MapRefund(ReadOnlySpan<byte> body) => Map(ShopifyJson.Read<RefundPayload>(body));

    /// <summary>
    /// updated_at counts whole seconds, and an order is often created, paid and updated within one. So the time of sending orders the versions within a second,
    /// and never moves one into another second.
    /// </summary>
    private static DateTimeOffset Version(OrderPayload payload, DateTimeOffset? triggeredAt)
    {
        if (payload.UpdatedAt is not { } updated)
        {
            return (triggeredAt ?? payload.CreatedAt).ToUniversalTime();
        }

        var within = Math.Clamp(((triggeredAt ?? updated) - updated).Ticks, 0, TimeSpan.TicksPerSecond - 1 - (updated.Ticks % TimeSpan.TicksPerSecond));
        return updated.ToUniversalTime().AddTicks(within);
    }

    private static OrderLine? Map(LinePayload line, string currency) =>
        KeyOf(line.Sku, line.VariantId, line.ProductId) is not { } sku
            ? null
            : new OrderLine(sku, line.Quantity, line.CurrentQuantity ?? line.Quantity, new Money(NetUnitPrice(line), currency))
            {
                Id = line.Id is { } id ? Text(id) : null,
                Title = string.IsNullOrWhiteSpace(line.Name) ? line.Title : line.Name,
                Offer = (line.Properties ?? []).FirstOrDefault(property => property is { Name: ShopifyOffers.LineProperty, Value.ValueKind: JsonValueKind.String })?.Value.GetString(),
            };

    /// <summary>The merchant's SKU; else the variant, else the product. Tips and custom items have none of them, and nothing to be recommended by.</summary>
    internal static Sku? KeyOf(string? sku, long? variant, long? product) => sku?.Trim() is { Length: > 0 and <= Sku.MaxLength } trimmed ? new Sku(trimmed)
        : variant is { } number ? new Sku($"{OfVariant}:{Text(number)}")
        : product is { } ofProduct ? new Sku($"product:{Text(ofProduct)}")
        : null;

    /// <summary>(price × quantity − the discounts allocated to the line) / quantity, not below 0. 0 where no price is told.</summary>
    private static decimal NetUnitPrice(LinePayload line)
    {
        var discount = (line.DiscountAllocations ?? []).Sum(allocation => allocation?.Amount ?? 0);
        var price = line.Price ?? 0;
        return line.Quantity <= 0 ? price : decimal.Round(Math.Max(0, price - (discount / line.Quantity)), PriceDecimals);
    }

    private static Refund Map(RefundPayload refund) => new(
        Text(refund.Id),
        new OrderId(Text(refund.OrderId)),
        [.. (refund.RefundLineItems ?? []).Where(line => line is { LineItemId: not null, Quantity: > 0 }).Select(line => new RefundLine(Text(line!.LineItemId!.Value), line.Quantity!.Value))],
        refund.CreatedAt?.ToUniversalTime());

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
