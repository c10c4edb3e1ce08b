using Expansion.Engine.Offers.Pricing.Anchors;
using Expansion.Engine.Offers.Pricing.Honesty;
using Expansion.Engine.Offers.Pricing.Incentives;

namespace Expansion.Engine.Offers.Pricing.Presentation;

/// <summary>An offer with all that is known to present it. What isn't known stays null, and the copy does without.</summary>
/// <param name="Sku">What is sold: a product, a plan, a bundle.</param>
/// <param name="Product">What the copy calls it.</param>
/// <param name="Price">What is to be paid, before the incentive.</param>
public sealed record OfferDraft(OfferKind Kind, Sku Sku, string Product, Money Price)
{
    /// <summary>What the customer gets by it.</summary>
    public string? Gain { get; init; }

    public ReferencePrice? Reference { get; init; }

    public ScarcityClaim? Scarcity { get; init; }

    public Incentive Incentive { get; init; } = new Incentive.None();

    /// <summary>What it costs the shop.</summary>
    public Money? Cost { get; init; }

    /// <summary>What to put the price beside.</summary>
    public AnchorFacts? Anchor { get; init; }

    public SocialProof? Buyers { get; init; }

    /// <summary>The parts of a bundle.</summary>
    public IReadOnlyList<OfferItem> Items { get; init; } = [];

    /// <summary>The cart it is offered to.</summary>
    public Money? Cart { get; init; }

    /// <summary>What the cart must come above.</summary>
    public Money? Threshold { get; init; }

    /// <summary>Everything whose price the offer may name.</summary>
    public IReadOnlyCollection<Sku> Skus() => [.. (Reference?.Parts ?? []).Select(part => part.Sku).Append(Sku).Distinct()];
}

public sealed record OfferItem(Sku Sku, string Title, Money Price);

/// <summary>How many of comparable customers, or orders, chose it.</summary>
public sealed record SocialProof(long Chose, long Of)
{
    /// <summary>Fewer prove nothing.</summary>
    public const long LeastOf = 30;

    /// <summary>Rounded down; null when it proves nothing.</summary>
    public int? Percent => Of >= LeastOf && Chose > 0 && Chose <= Of ? (int)(Chose * 100 / Of) is var percent and > 0 ? percent : null : null;
}
