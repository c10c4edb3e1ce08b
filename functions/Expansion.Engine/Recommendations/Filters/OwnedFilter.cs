using Expansion.Engine.Recommendations.Serving;

namespace Expansion.Engine.Recommendations.Filters;

/// <summary>Nobody needs a second one of what lasts.</summary>
internal sealed class OwnedFilter : IPickFilter
{
    public string? Refuse(ShelfCandidate candidate, ShelfContext context) =>
        context.IsDurable(candidate.Item) && context.Owns(candidate.Sku) ? "The customer has it already, and it lasts." : null;
}
