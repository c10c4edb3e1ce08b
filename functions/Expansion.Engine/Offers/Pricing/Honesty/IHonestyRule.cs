namespace Expansion.Engine.Offers.Pricing.Honesty;

/// <summary>One way in which an offer could mislead.</summary>
public interface IHonestyRule
{
    string Name { get; }

    /// <summary>Why the claim may not be made; null when this rule has nothing against it.</summary>
    string? Refuse(OfferClaim claim, HonestyFacts facts, PricingSettings settings, DateTimeOffset now);
}

/// <summary>Why an offer may not be shown as it is.</summary>
public sealed record Refusal(string Rule, string Reason);

/// <summary>Every rule there is, and what they say together.</summary>
public static class HonestyCheck
{
    private static readonly IHonestyRule[] Rules = [new SavingRule(), new PriorPriceRule(), new PartsPriceRule(), new ScarcityRule()];

    /// <summary>All refusals; empty when the claim is honest.</summary>
    public static IReadOnlyList<Refusal> Check(OfferClaim claim, HonestyFacts facts, PricingSettings settings, DateTimeOffset now) =>
        [.. Rules.Select(rule => (rule.Name, Reason: rule.Refuse(claim, facts, settings, now))).Where(said => said.Reason is not null).Select(said => new Refusal(said.Name, said.Reason!))];
}
