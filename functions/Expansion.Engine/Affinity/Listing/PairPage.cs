namespace Expansion.Engine.Affinity.Listing;

/// <summary>Some of the pairs that fit, in order.</summary>
/// <param name="Total">How many fit in all.</param>
/// <param name="More">Whether others come after these.</param>
public sealed record PairPage(IReadOnlyList<ListedPair> Items, int Total, bool More)
{
    /// <param name="after">The last pair of the page before; null for the first page. It need not fit any more.</param>
    /// <param name="size">How many at most: 1 and up.</param>
    public static PairPage Of(ShopPairs pairs, PairFilter filter, PairSort sort, (Sku A, Sku B)? after, int size)
    {
        var matching = pairs.All().Where(filter.Matches).ToList();
        IEnumerable<ListedPair> rest = matching;
        if (after is { } key)
        {
            // A hand-made pair that was withdrawn meanwhile still has its place.
            var last = pairs.Find(key.A, key.B) ?? new(key.A, key.B, null, null, false);
            rest = matching.Where(pair => sort.Compare(pair, last) > 0);
        }

        var items = rest.Order(sort).Take(size + 1).ToList();
        return new([.. items.Take(size)], matching.Count, items.Count > size);
    }
}
