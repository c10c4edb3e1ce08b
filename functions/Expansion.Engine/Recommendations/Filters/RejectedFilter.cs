using Expansion.Engine.Affinity;
using Expansion.Engine.Recommendations.Serving;

namespace Expansion.Engine.Recommendations.Filters;

/// <summary>A person has said that it doesn't go with what is looked at.</summary>
internal sealed class RejectedFilter : IPickFilter
{
    public string? Refuse(ShelfCandidate candidate, ShelfContext context) =>
        context.Verdicts.On(candidate.Sku, context.Request.Context) == PairVerdict.Rejected ? "A person has rejected the pair." : null;
}
