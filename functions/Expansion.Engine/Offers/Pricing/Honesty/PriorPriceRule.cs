namespace Expansion.Engine.Offers.Pricing.Honesty;

/// <summary>"Before" is the lowest price of the last thirty days, see <see cref="PriorPrice"/>.</summary>
internal sealed class PriorPriceRule : IHonestyRule
{
    public string Name => "prior_price";

    public string? Refuse(OfferClaim claim, HonestyFacts facts, PricingSettings settings, DateTimeOffset now)
    {
        if (claim.Reference is not { Kind: ReferenceKind.PriorPrice } reference)
        {
            return null;
        }

        if (reference.Parts is not [var part])
        {
            return "a prior price must say of what";
        }

        var reducedAt = reference.ReducedAt ?? now;
        if (reducedAt > now)
        {
            return FormattableString.Invariant($"the reduction begins on {reducedAt:yyyy-MM-dd} only");
        }

        var prior = PriorPrice.Of(facts.Prices.GetValueOrDefault(part.Sku, []), reducedAt, settings);
        return prior.Lowest is not { } lowest ? $"{part.Sku}: {prior.Reason}"
            : lowest.Currency != reference.Amount.Currency ? $"{part.Sku} was sold in {lowest.Currency}, the reference price is in {reference.Amount.Currency}"
            : lowest.Amount < reference.Amount.Amount ? FormattableString.Invariant($"{part.Sku}: {reference.Amount.Amount} {reference.Amount.Currency} is no prior price: {prior.Reason}")
            : null;
    }
}
