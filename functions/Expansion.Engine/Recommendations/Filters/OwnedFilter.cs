using Expansion.Engine.Recommendations.Serving;

namespace Expansion.Engine.Recommendations.Filters;

/// <summary>Nobody needs a second one of what lasts, and no shelf of what is new shows what was bought before.</summary>
internal sealed class OwnedFilter : IPickFilter
{
    public string? Refuse(ShelfCandidate candidate, ShelfContext context) =>
        context.Request.Purchases.Count == 0 || !context.Owns(candidate.Sku) ? null
        : context.IsDurable(candidate.Item) ? "The customer has it already, and it lasts."
        : context.Request.OnlyNew ? "The customer has bought it before, and this place is for what is new."
        : null;
}
