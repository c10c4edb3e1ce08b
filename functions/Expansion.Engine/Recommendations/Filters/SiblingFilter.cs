using Expansion.Engine.Recommendations.Serving;

namespace Expansion.Engine.Recommendations.Filters;

/// <summary>Another variant of what is looked at is no addition to it. It may replace it.</summary>
internal sealed class SiblingFilter : IPickFilter
{
    public string? Refuse(ShelfCandidate candidate, ShelfContext context)
    {
        if (candidate.Pick.Kind == PickKind.CrossSell && candidate.Item?.Family() is { } family)
        {
            foreach (var item in context.Items)
            {
                if (item.Family() == family)
                {
                    return "It is another variant of what is looked at.";
                }
            }
        }

        return null;
    }
}
