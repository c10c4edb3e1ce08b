using Expansion.Engine.Recommendations.Filters;

namespace Expansion.Engine.Recommendations.Serving;

/// <summary>
/// Puts picks on a shelf by the shop's rules. Sources are asked in order until it is full, and no further:
/// <code>picks ─► people's choice ─► label upsell or cross-sell ─► filters ─► rank, boost ─► variety ─► limit</code>
/// </summary>
public static class Shelf
{
    /// <summary>With so many times as many as asked for, no further source is asked for the sake of variety alone.</summary>
    private const int Plenty = 3;

    /// <param name="sources">Each best first. Upsells are found in the catalogue, whatever these say.</param>
    /// <param name="sold">How much of a product is sold, for <see cref="RankBy.Popularity"/>.</param>
    public static ShelfAnswer Fill(ShelfContext context, IEnumerable<IEnumerable<Pick>> sources, Func<Sku, double> sold)
    {
        var limit = context.Request.Limit;
        var (shelf, seen, refused) = (new Variety(context.Rules.MostAlike), new HashSet<Sku>(), new List<RefusedPick>());
        foreach (var source in context.Request.Kind == PickKind.Upsell ? [Upsells.Of(context)] : sources)
        {
            var passed = WithPeoplesChoice(source, context).Where(pick => seen.Add(pick.Sku)).Select(pick => Check(pick, context, refused)).OfType<ShelfCandidate>();
            foreach (var candidate in PickOrders.Rank(passed, context, sold))
            {
                shelf.Add(candidate);
                if (shelf.Varied == limit)
                {
                    break;
                }
            }

            if (shelf.Varied == limit || shelf.Count >= Plenty * limit)
            {
                break;
            }
        }

        return new([.. shelf.Candidates.Take(limit)], refused);
    }

    /// <returns>Null where it isn't wanted, or must not be.</returns>
    private static ShelfCandidate? Check(Pick pick, ShelfContext context, List<RefusedPick> refused)
    {
        var item = context.Catalogue.Find(pick.Sku);
        var candidate = new ShelfCandidate(Upsells.Label(pick, item, context), item);
        if (context.Request.Kind is { } kind && candidate.Pick.Kind != kind)
        {
            return null;
        }

        if (PickFilters.Refuse(candidate, context) is { } reason)
        {
            refused.Add(new(pick.Sku, reason));
            return null;
        }

        return candidate;
    }

    /// <summary>What people pinned, what they approved, the rest, each in the order of the source. What it doesn't name stands before what nobody's purchases speak for.</summary>
    private static IEnumerable<Pick> WithPeoplesChoice(IEnumerable<Pick> source, ShelfContext context)
    {
        if (context.Wanted.Count == 0)
        {
            return source;
        }

        var picks = source.ToList();
        var place = picks.FindIndex(pick => pick.LowConfidence || pick.Source == RecommendationSource.Bestseller);
        picks.InsertRange(place < 0 ? picks.Count : place, context.Wanted
            .Where(choice => !picks.Exists(pick => pick.Sku == choice.Sku))
            .Select(choice => new Pick(choice.Sku, RecommendationSource.Affinity, 0, $"Chosen by hand to go with {context.Catalogue.Find(choice.With)?.FullTitle() ?? choice.With.Value}.")));
        return picks.OrderByDescending(pick => context.IsPinned(pick.Sku)).ThenByDescending(pick => context.IsWanted(pick.Sku));
    }
}

/// <param name="Refused">What was not shown, and why; as far as was looked.</param>
public sealed record ShelfAnswer(IReadOnlyList<ShelfCandidate> Picks, IReadOnlyList<RefusedPick> Refused);

public sealed record RefusedPick(Sku Sku, string Reason);
