using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Engine.Recommendations.Serving;

namespace Expansion.Engine.Recommendations.Filters;

/// <summary>Only what the shop shows and sells.</summary>
internal sealed class SoldFilter : IPickFilter
{
    public string? Refuse(ShelfCandidate candidate, ShelfContext context) => candidate.Item switch
    {
        { Status: ItemStatus.Draft } => "It isn't ready to be sold yet.",
        { Status: ItemStatus.Archived or ItemStatus.Deleted } => "It is no longer sold.",
        { Published: false } => "The shop doesn't show it.",
        _ => null,
    };
}
