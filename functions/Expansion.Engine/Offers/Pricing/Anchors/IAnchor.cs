using Expansion.Engine.Offers.Pricing.Presentation;

namespace Expansion.Engine.Offers.Pricing.Anchors;

/// <summary>What a price is put beside.</summary>
public enum AnchorKind
{
    CostOfNotUpgrading,
    CurrentSpend,
    Alternative,
}

/// <summary>One way to put a price beside another number of the customer's own.</summary>
public interface IAnchor
{
    AnchorKind Kind { get; }

    AnchorDecision Build(AnchorFacts facts, PricingSettings settings, DateTimeOffset now);
}

/// <summary>An anchor with the facts its sentence is built from, or the reason why there is none.</summary>
/// <param name="Facts">Empty when there is none.</param>
/// <param name="Reason">What it rests on, or what is missing, in words.</param>
public sealed record AnchorDecision(AnchorKind Kind, IReadOnlyDictionary<string, Fact> Facts, string Reason)
{
    public bool IsUsable => Facts.Count > 0;

    internal static AnchorDecision No(AnchorKind kind, string reason) => new(kind, new Dictionary<string, Fact>(), reason);
}
