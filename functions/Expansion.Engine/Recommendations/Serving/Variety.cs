using Expansion.Engine.Recommendations.Catalogue;

namespace Expansion.Engine.Recommendations.Serving;

/// <summary>
/// A shelf that near-identical products can't fill: of those alike only the first few stand where they ranked, the others go behind.
/// Alike are variants of one product, and products of one type whose titles share most words.
/// </summary>
internal sealed class Variety(int mostAlike)
{
    /// <summary>Share of the words of both titles that makes them alike.</summary>
    private const double Alike = 0.6;

    private readonly List<ShelfCandidate> _front = [];
    private readonly List<ShelfCandidate> _behind = [];

    /// <summary>How many stand where they ranked.</summary>
    public int Varied => _front.Count;

    public int Count => _front.Count + _behind.Count;

    public IEnumerable<ShelfCandidate> Candidates => _front.Concat(_behind);

    public void Add(ShelfCandidate candidate)
    {
        var alike = 0;
        foreach (var other in _front)
        {
            alike += AreAlike(candidate.Item, other.Item) ? 1 : 0;
        }

        (alike < mostAlike ? _front : _behind).Add(candidate);
    }

    private static bool AreAlike(CatalogueItem? one, CatalogueItem? other) =>
        one is not null && other is not null
        && ((one.Family() is { } family && family == other.Family())
            || (string.Equals(one.Type, other.Type, StringComparison.OrdinalIgnoreCase) && TitleWords.Overlap(TitleWords.Of(one.Title), TitleWords.Of(other.Title)) >= Alike));
}
