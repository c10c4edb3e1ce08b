namespace Expansion.Engine.Offers.Pricing.Honesty;

/// <summary>What is known, to hold a claim against.</summary>
public sealed record HonestyFacts
{
    public IReadOnlyDictionary<Sku, IReadOnlyList<PriceChange>> Prices { get; init; } = new Dictionary<Sku, IReadOnlyList<PriceChange>>();

    public StockCount? Stock { get; init; }

    /// <summary>When the offer really ends; null when no end is planned.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>The ends this offer was announced with before.</summary>
    public IReadOnlyList<DateTimeOffset> EarlierEnds { get; init; } = [];
}

public sealed record StockCount(long Left, DateTimeOffset CountedAt);
