using Expansion.Engine.Recommendations.Serving;

namespace Expansion.Engine.Recommendations.Filters;

/// <summary>Money for money: it adds nothing to an order.</summary>
internal sealed class GiftCardFilter : IPickFilter
{
    public string? Refuse(ShelfCandidate candidate, ShelfContext context) => candidate.Item?.GiftCard == true ? "It is a gift card." : null;
}
