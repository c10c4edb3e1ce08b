using Expansion.Engine.Recommendations.Serving;

namespace Expansion.Engine.Recommendations.Filters;

/// <summary>A price of 0 is a gift, a sample or a mistake. A price that isn't known is none of these.</summary>
internal sealed class PriceFilter : IPickFilter
{
    public string? Refuse(ShelfCandidate candidate, ShelfContext context) => candidate.Item?.Price is { Amount: <= 0 } ? "It has no price." : null;
}
