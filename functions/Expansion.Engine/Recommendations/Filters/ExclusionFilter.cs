using Expansion.Engine.Recommendations.Serving;

namespace Expansion.Engine.Recommendations.Filters;

/// <summary>What the shop's people never want to be recommended.</summary>
internal sealed class ExclusionFilter : IPickFilter
{
    public string? Refuse(ShelfCandidate candidate, ShelfContext context)
    {
        foreach (var match in context.Rules.Exclude)
        {
            if (match.Matches(candidate.Sku, candidate.Item))
            {
                return $"The shop excludes {match}.";
            }
        }

        return null;
    }
}
