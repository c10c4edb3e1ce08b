namespace Expansion.Engine.Offers.Pricing.Honesty;

/// <summary>A price that went down and may be called reduced.</summary>
/// <param name="Before">The lowest price of the days before it went down.</param>
public sealed record Reduction(Money Price, Money Before)
{
    /// <summary>
    /// Null where the last change wasn't down, is as long ago as the days it is compared with, or the price before may not be named (<see cref="HonestyCheck"/>).
    /// </summary>
    /// <param name="history">Oldest first.</param>
    public static Reduction? Of(Sku sku, IReadOnlyList<PriceChange> history, PricingSettings settings, DateTimeOffset now)
    {
        if (history is not [.., var last] || now - last.From > TimeSpan.FromDays(settings.PriorPriceDays) || PriorPrice.Of(history, last.From, settings).Lowest is not { } before)
        {
            return null;
        }

        var claim = new OfferClaim(last.Price) { Reference = new(ReferenceKind.PriorPrice, before) { Parts = [new(sku, last.Price)], ReducedAt = last.From } };
        var known = new HonestyFacts { Prices = new Dictionary<Sku, IReadOnlyList<PriceChange>> { [sku] = history } };
        return HonestyCheck.Check(claim, known, settings, now).Count == 0 ? new(last.Price, before) : null;
    }
}
