namespace Expansion.Engine.Offers.Pricing.Honesty;

/// <summary>A sum of parts must add up, and every part must have been charged: no part above what it is sold for now, nor above the lowest of the last thirty days where that is known.</summary>
internal sealed class PartsPriceRule : IHonestyRule
{
    public string Name => "parts_price";

    public string? Refuse(OfferClaim claim, HonestyFacts facts, PricingSettings settings, DateTimeOffset now)
    {
        if (claim.Reference is not { Kind: ReferenceKind.SumOfParts } reference)
        {
            return null;
        }

        var currency = reference.Amount.Currency;
        if (reference.Parts.Any(part => part.Price.Currency != currency))
        {
            return $"not every part is priced in {currency}";
        }

        var sum = reference.Parts.Sum(part => part.Price.ToMinorUnits());
        return sum == reference.Amount.ToMinorUnits()
            ? reference.Parts.Select(part => Refuse(part, facts, settings, now)).FirstOrDefault(reason => reason is not null)
            : FormattableString.Invariant($"the parts add up to {Money.FromMinorUnits(sum, currency).Amount} {currency}, not {reference.Amount.Amount}");
    }

    /// <summary>Why a part's price may not be named; null when it may.</summary>
    internal static string? Refuse(PartPrice part, HonestyFacts facts, PricingSettings settings, DateTimeOffset now)
    {
        var history = facts.Prices.GetValueOrDefault(part.Sku, []);
        if (history.Where(change => change.From <= now).MaxBy(change => change.From) is not { } charged)
        {
            return $"{part.Sku}: no price was ever charged for it";
        }

        var lowest = PriorPrice.Of(history, now, settings).Lowest is { } prior && prior.Amount < charged.Price.Amount ? prior : charged.Price;
        return lowest.Currency != part.Price.Currency ? $"{part.Sku} is sold in {lowest.Currency}"
            : lowest.Rounded().Amount < part.Price.Rounded().Amount
                ? FormattableString.Invariant($"{part.Sku}: {part.Price.Amount} {part.Price.Currency} would show a saving that isn't there: it was sold for {lowest.Amount} in the last {settings.PriorPriceDays} days")
            : null;
    }
}
