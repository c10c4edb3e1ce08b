using System.Text.Json;

namespace Expansion.Connectors.Shopify;

/// <summary>
/// What is read of an order's body. Only what an order can't be understood without is required: include_fields may leave out the rest.
/// Ids have up to 18 digits; money is text in orders and a number in refunds.
/// </summary>
internal sealed record OrderPayload
{
    public required long Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public string? CancelledAt { get; init; }

    public bool? Test { get; init; }

    public string? FinancialStatus { get; init; }

    public required string Currency { get; init; }

    public CustomerPayload? Customer { get; init; }

    public required IReadOnlyList<LinePayload?> LineItems { get; init; }

    public IReadOnlyList<RefundPayload?>? Refunds { get; init; }
}

internal sealed record CustomerPayload
{
    public long? Id { get; init; }
}

internal sealed record LinePayload
{
    public long? Id { get; init; }

    public string? Sku { get; init; }

    public long? VariantId { get; init; }

    public long? ProductId { get; init; }

    public string? Name { get; init; }

    public string? Title { get; init; }

    public required int Quantity { get; init; }

    public int? CurrentQuantity { get; init; }

    public decimal? Price { get; init; }

    public IReadOnlyList<DiscountPayload?>? DiscountAllocations { get; init; }

    /// <summary>Name and value are whatever the shop window put there: text mostly.</summary>
    public IReadOnlyList<LinePropertyPayload?>? Properties { get; init; }
}

internal sealed record LinePropertyPayload
{
    public string? Name { get; init; }

    public JsonElement Value { get; init; }
}

internal sealed record DiscountPayload
{
    public decimal? Amount { get; init; }
}

internal sealed record RefundPayload
{
    public required long Id { get; init; }

    public required long OrderId { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public IReadOnlyList<RefundLinePayload?>? RefundLineItems { get; init; }
}

internal sealed record RefundLinePayload
{
    public long? LineItemId { get; init; }

    public int? Quantity { get; init; }
}
