namespace Expansion.Engine.Offers.Pricing.Honesty;

/// <summary>
/// "Only 3 left" must be counted, lately; "until Sunday" must be the real end, and one that has not been put off before
/// (Directive 2005/29/EC, annex I, no. 7: false claims that a product is available for a very limited time only).
/// </summary>
internal sealed class ScarcityRule : IHonestyRule
{
    public string Name => "scarcity";

    public string? Refuse(OfferClaim claim, HonestyFacts facts, PricingSettings settings, DateTimeOffset now) =>
        claim.Scarcity is not { } scarcity ? null : RefuseLeft(scarcity.Left, facts.Stock, settings, now) ?? RefuseEnd(scarcity.EndsAt, facts, now);

    private static string? RefuseLeft(long? left, StockCount? stock, PricingSettings settings, DateTimeOffset now) => left is null ? null
        : stock is null ? $"'only {left} left', but the stock isn't known"
        : stock.CountedAt < now.AddHours(-settings.StockHours) ? FormattableString.Invariant($"'only {left} left', but the stock was counted on {stock.CountedAt:yyyy-MM-dd HH:mm}")
        : stock.Left != left ? $"'only {left} left', but there are {stock.Left}"
        : null;

    private static string? RefuseEnd(DateTimeOffset? endsAt, HonestyFacts facts, DateTimeOffset now) => endsAt is null ? null
        : endsAt <= now ? FormattableString.Invariant($"the offer ended on {endsAt:yyyy-MM-dd}")
        : facts.EndsAt is not { } end ? "the offer is said to end, but no end is planned"
        : end != endsAt ? FormattableString.Invariant($"the offer is said to end on {endsAt:yyyy-MM-dd}, but ends on {end:yyyy-MM-dd}")
        : facts.EarlierEnds.Any(earlier => earlier < end) ? FormattableString.Invariant($"the offer was said to end on {facts.EarlierEnds.Min():yyyy-MM-dd} and goes on")
        : null;
}
