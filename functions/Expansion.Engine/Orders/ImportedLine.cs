namespace Expansion.Engine.Orders;

/// <summary>One line of an order file, checked, in our words. What it says of the order stands on every line.</summary>
public readonly record struct ImportedLine(OrderId OrderId, DateTimeOffset OrderedAt, Sku Sku, int Quantity)
{
    public CustomerId? CustomerId { get; init; }

    /// <summary>The newest time that the file gives for the order; the time of the order where it gives no other.</summary>
    public DateTimeOffset UpdatedAt { get; init; } = OrderedAt;

    public bool Cancelled { get; init; }

    /// <summary>All the money went back, so nothing of the line counts as kept.</summary>
    public bool Refunded { get; init; }

    /// <summary>Null where the file gives none; a known price is never replaced by that.</summary>
    public decimal? UnitPrice { get; init; }

    public string Currency { get; init; } = "";

    public string? Title { get; init; }
}
