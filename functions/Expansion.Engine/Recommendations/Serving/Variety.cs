using Expansion.Engine.Recommendations.Catalogue;

namespace Expansion.Engine.Recommendations.Serving;

/// <summary>
/// Keeps near-identical products from filling a shelf: of those alike only the first few stand where they ranked, the others go behind.
/// Alike are variants of one product, and products of one type whose titles share most words.
/// </summary>
internal static class Variety
{
    /// <summary>Share of the words of both titles that makes them alike.</summary>
    private const double Alike = 0.6;

    /// <returns>All of them, and how many at the front are within the limit.</returns>
    public static (List<ShelfCandidate> Candidates, int Varied) Spread(IReadOnlyList<ShelfCandidate> ranked, int mostAlike)
    {
        var (front, behind, words) = (new List<ShelfCandidate>(ranked.Count), new List<ShelfCandidate>(), new List<HashSet<string>>(ranked.Count));
        foreach (var candidate in ranked)
        {
            var own = TitleWords.Of(candidate.Item?.Title);
            var alike = 0;
            for (var i = 0; i < front.Count; i++)
            {
                alike += AreAlike(candidate.Item, own, front[i].Item, words[i]) ? 1 : 0;
            }

            if (alike < mostAlike)
            {
                front.Add(candidate);
                words.Add(own);
            }
            else
            {
                behind.Add(candidate);
            }
        }

        var varied = front.Count;
        front.AddRange(behind);
        return (front, varied);
    }

    private static bool AreAlike(CatalogueItem? one, HashSet<string> words, CatalogueItem? other, HashSet<string> otherWords) =>
        one is not null && other is not null
        && ((one.Family() is { } family && family == other.Family())
            || (string.Equals(one.Type, other.Type, StringComparison.OrdinalIgnoreCase) && TitleWords.Overlap(words, otherWords) >= Alike));
}
