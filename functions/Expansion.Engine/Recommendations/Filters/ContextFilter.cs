using Expansion.Engine.Recommendations.Serving;

namespace Expansion.Engine.Recommendations.Filters;

/// <summary>What somebody looks at or has in the cart needs no recommendation.</summary>
internal sealed class ContextFilter : IPickFilter
{
    public string? Refuse(ShelfCandidate candidate, ShelfContext context) => context.Request.Context.Contains(candidate.Sku) ? "It is looked at or in the cart already." : null;
}
