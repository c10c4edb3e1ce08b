namespace Expansion.Engine.Offers.Pricing.Honesty;

/// <summary>From then on, until the next change, this was charged.</summary>
public sealed record PriceChange(DateTimeOffset From, Money Price);
