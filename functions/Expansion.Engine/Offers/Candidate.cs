namespace Expansion.Engine.Offers;

public enum OfferKind
{
    /// <summary>Something that goes with what the customer has.</summary>
    CrossSell,

    /// <summary>A higher tier of what the customer has.</summary>
    Upsell,

    /// <summary>The same plan, paid by the year.</summary>
    Annual,
}

/// <summary>What the customer gets out of it, which the offer puts first.</summary>
public enum ValueProposition
{
    Convenience,
    Capability,
    Capacity,
    Saving,
    SocialProof,
}

/// <summary>How the price is shown.</summary>
public enum PricingFrame
{
    Plain,
    AgainstCurrentSpend,
    AgainstAlternatives,
    PerDay,
}

/// <summary>From which side an offer is made.</summary>
/// <param name="Trigger">The trigger or rule that gave the occasion.</param>
public sealed record Angle(ValueProposition Value, PricingFrame Frame, string Trigger)
{
    public override string ToString() => $"{Value} first, price {Frame}, on {Trigger}";
}

/// <summary>Something that could be offered.</summary>
/// <param name="Target">The SKU or plan.</param>
/// <param name="Score">0 to 1; what candidates of one kind are ranked by.</param>
/// <param name="Source">Who proposes it, e.g. affinity, plans or a rule.</param>
public sealed record Candidate(OfferKind Kind, string Target, double Score, string Source)
{
    public string? Title { get; init; }

    public Money? Price { get; init; }

    /// <summary>What the cart comes to with it, where that is what speaks for it.</summary>
    public Money? CartTotal { get; init; }

    /// <summary>Why it would suit, in words.</summary>
    public string? Because { get; init; }

    /// <summary>What a rejection is remembered under: an offer like it is one with the same word. By default the target itself.</summary>
    public string Like { get; init; } = Target;

    /// <summary>What the customer would have that isn't there now, each in words. An upsell without any is refused.</summary>
    public IReadOnlyList<string> Gains { get; init; } = [];

    /// <summary>The propositions that can be made of it, best first.</summary>
    public IReadOnlyList<ValueProposition> Values { get; init; } = [ValueProposition.Convenience, ValueProposition.SocialProof];

    /// <summary>The frames its price can be shown in, best first.</summary>
    public IReadOnlyList<PricingFrame> Frames { get; init; } = [PricingFrame.Plain, PricingFrame.PerDay];
}
