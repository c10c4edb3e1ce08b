using System.ComponentModel.DataAnnotations;
using Expansion.Engine.Offers;

namespace Expansion.Engine.Timing.Signals;

/// <summary>What became of an offer that was made. <see cref="Offer"/> is the id it was made under.</summary>
public abstract record OfferSignal : Signal
{
    [Length(1, 255)]
    public required string Offer { get; init; }
}

public sealed record OfferImpression : OfferSignal;

public sealed record OfferClick : OfferSignal;

/// <summary>The customer said no.</summary>
public sealed record OfferDismissed([property: MaxLength(500)] string? Reason = null) : OfferSignal;

public sealed record OfferComplained([property: MaxLength(500)] string? Reason = null) : OfferSignal;

/// <summary>The customer wants no more offers. Final: nothing takes it back.</summary>
/// <param name="Channel">Where; missing for everywhere.</param>
/// <param name="Offer">The offer that led to it, if one did.</param>
public sealed record OfferOptedOut(Channel? Channel = null, [property: Length(1, 255)] string? Offer = null) : Signal;

public sealed record OfferConverted(Money? Value = null, [property: Length(1, 255)] OrderId? Order = null) : OfferSignal;
