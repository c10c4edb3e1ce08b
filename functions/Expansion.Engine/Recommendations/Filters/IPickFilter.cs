using Expansion.Engine.Recommendations.Serving;

namespace Expansion.Engine.Recommendations.Filters;

/// <summary>A reason not to recommend a product. A new one is a class here and a line in <see cref="PickFilters"/>.</summary>
public interface IPickFilter
{
    /// <summary>Why not, in words; null where nothing speaks against it.</summary>
    string? Refuse(ShelfCandidate candidate, ShelfContext context);
}

/// <summary>All filters, the ones that refuse most first.</summary>
public static class PickFilters
{
    public static IReadOnlyList<IPickFilter> All { get; } =
    [
        new ContextFilter(), new SoldFilter(), new StockFilter(), new PriceFilter(), new GiftCardFilter(), new ExclusionFilter(), new RejectedFilter(), new OwnedFilter(), new SiblingFilter(),
    ];

    /// <summary>The first reason against it; null where there is none.</summary>
    public static string? Refuse(ShelfCandidate candidate, ShelfContext context)
    {
        foreach (var filter in All)
        {
            if (filter.Refuse(candidate, context) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }
}
