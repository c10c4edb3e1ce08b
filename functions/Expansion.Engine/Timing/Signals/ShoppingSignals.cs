using System.ComponentModel.DataAnnotations;

namespace Expansion.Engine.Timing.Signals;

/// <summary>An order as it stands; a later signal of the same order replaces it.</summary>
/// <param name="OrderedAt">When it was first placed; missing when that is the signal's own time.</param>
public sealed record OrderPlaced(
    [property: Length(1, 255)] OrderId Order,
    Money Total,
    [property: MaxLength(OrderPlaced.MaxSkus)] IReadOnlyList<Sku> Skus,
    DateTimeOffset? OrderedAt = null,
    bool Cancelled = false) : Signal
{
    /// <summary>What a message has room for, whatever the SKUs.</summary>
    public const int MaxSkus = 100;
}

public sealed record ProductReturned([property: Length(1, 255)] Sku Sku, [property: Range(1, 100_000)] int Quantity = 1, [property: Length(1, 255)] OrderId? Order = null) : Signal;

/// <summary>The cart as it stands now; empty when it was emptied.</summary>
public sealed record CartChanged(Money Total, [property: MaxLength(OrderPlaced.MaxSkus)] IReadOnlyList<Sku> Skus) : Signal;
