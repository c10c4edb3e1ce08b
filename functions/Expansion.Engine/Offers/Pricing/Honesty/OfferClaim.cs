namespace Expansion.Engine.Offers.Pricing.Honesty;

/// <summary>What an offer says about its price, before anybody has checked it.</summary>
public sealed record OfferClaim(Money Price)
{
    public ReferencePrice? Reference { get; init; }

    public ScarcityClaim? Scarcity { get; init; }

    /// <summary>Reference less price, in what can be paid; null without a reference.</summary>
    public Money? Saving => Reference is { } reference ? reference.Amount.Rounded() - Price.Rounded() : null;

    /// <summary>The saving in whole percent of the reference, rounded down, so that it never promises more than is saved.</summary>
    public int? SavingPercent => Saving is { Amount: > 0 } saving ? (int)(saving.Amount * 100 / Reference!.Amount.Rounded().Amount) : null;
}

/// <summary>What a reference price is.</summary>
public enum ReferenceKind
{
    /// <summary>What this very thing cost before.</summary>
    PriorPrice,

    /// <summary>What the parts cost one by one, today.</summary>
    SumOfParts,
}

/// <summary>A price the offer's is compared with.</summary>
public sealed record ReferencePrice(ReferenceKind Kind, Money Amount)
{
    /// <summary>What is sold, one for a prior price, every part for a sum.</summary>
    public IReadOnlyList<PartPrice> Parts { get; init; } = [];

    /// <summary>When the price went down; null when it does with this offer.</summary>
    public DateTimeOffset? ReducedAt { get; init; }
}

/// <summary>A product and what it costs by itself.</summary>
public sealed record PartPrice(Sku Sku, Money Price);

/// <summary>Few are left, or there is little time.</summary>
public sealed record ScarcityClaim
{
    public long? Left { get; init; }

    public DateTimeOffset? EndsAt { get; init; }
}
