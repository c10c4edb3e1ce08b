namespace Expansion.Engine.Offers.Pricing.Honesty;

/// <summary>A saving must be there, to the minor unit, in one currency; and a price must be a price.</summary>
internal sealed class SavingRule : IHonestyRule
{
    public string Name => "saving";

    public string? Refuse(OfferClaim claim, HonestyFacts facts, PricingSettings settings, DateTimeOffset now)
    {
        if (claim.Price.Amount < 0)
        {
            return "the price is below zero";
        }

        return claim.Reference switch
        {
            null => null,
            { Amount.Currency: var currency } when currency != claim.Price.Currency => $"the reference price is in {currency}, the price in {claim.Price.Currency}",
            _ => claim.Saving is { Amount: > 0 } ? null : "the reference price is not above the price: there is no saving to show",
        };
    }
}
