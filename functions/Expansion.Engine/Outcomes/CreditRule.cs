namespace Expansion.Engine.Outcomes;

/// <summary>
/// Which showing an order line is credited to: of those that showed its product before the order and no longer ago than the window, the last one clicked,
/// else the last one. One line credits one showing, so that no revenue is counted twice. (Experiments don't use it: there all that a visitor buys counts.)
/// </summary>
/// <param name="Window">Above 0; 7 days by default.</param>
public sealed record CreditRule(TimeSpan Window)
{
    public static CreditRule Default { get; } = new(TimeSpan.FromDays(7));

    /// <summary>Null when nothing that was shown led to the line.</summary>
    public ShownOffer? Credit(Sku sku, DateTimeOffset orderedAt, IEnumerable<ShownOffer> shown) => shown
        .Where(offer => offer.Sku == sku && offer.At <= orderedAt && orderedAt - offer.At <= Window)
        .OrderByDescending(offer => offer.Clicked)
        .ThenByDescending(offer => offer.At)
        .ThenBy(offer => offer.Impression, StringComparer.Ordinal)
        .FirstOrDefault();
}

/// <summary>A product shown to the customer.</summary>
public sealed record ShownOffer(string Impression, Sku Sku, DateTimeOffset At, bool Clicked);
