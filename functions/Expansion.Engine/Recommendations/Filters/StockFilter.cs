using Expansion.Engine.Recommendations.Serving;

namespace Expansion.Engine.Recommendations.Filters;

internal sealed class StockFilter : IPickFilter
{
    public string? Refuse(ShelfCandidate candidate, ShelfContext context) => candidate.Item?.InStock() == false ? "It is out of stock." : null;
}
