namespace Expansion.Engine.Offers.Pricing.Honesty;

/// <summary>
/// The lowest price charged in the days before a reduction, which any announcement of the reduction must name:
/// Directive 98/6/EC, art. 6a, as put in by Directive (EU) 2019/2161 ("Omnibus").
/// </summary>
/// <param name="Lowest">Null when it can't be told.</param>
/// <param name="Reason">Why it is this price, or why there is none.</param>
public sealed record PriorPrice(Money? Lowest, string Reason)
{
    /// <summary>
    /// The window is the settings' days up to <paramref name="reducedAt"/>, without it. What was charged when it began counts, and so does every price that came in it.
    /// Of a reduction that grows step by step, <paramref name="reducedAt"/> is its first step (art. 6a(5)).
    /// </summary>
    public static PriorPrice Of(IReadOnlyList<PriceChange> history, DateTimeOffset reducedAt, PricingSettings settings)
    {
        var earlier = history.Where(change => change.From < reducedAt).OrderBy(change => change.From).ToList();
        if (earlier.Count == 0)
        {
            return new(null, $"no price before {reducedAt:yyyy-MM-dd} is known");
        }

        if (earlier.Exists(change => change.Price.Currency != earlier[0].Price.Currency))
        {
            return new(null, "the price history is in more than one currency");
        }

        var opened = reducedAt.AddDays(-settings.PriorPriceDays);
        var known = (reducedAt - earlier[0].From).TotalDays;
        if (earlier[0].From > opened && known < settings.NewGoodsDays)
        {
            return new(null, FormattableString.Invariant($"prices are known for {known:0.#} days before {reducedAt:yyyy-MM-dd}, {settings.NewGoodsDays} are needed"));
        }

        var inForce = Math.Max(0, earlier.FindLastIndex(change => change.From <= opened));
        var lowest = earlier.Skip(inForce).MinBy(change => change.Price.Amount)!;
        return new(lowest.Price, FormattableString.Invariant($"{lowest.Price.Amount} {lowest.Price.Currency}, charged from {lowest.From:yyyy-MM-dd}, is the lowest of the {settings.PriorPriceDays} days before {reducedAt:yyyy-MM-dd}"));
    }
}
