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

    /// <summary>Of those in front, in their order.</summary>
    private readonly List<HashSet<string>> _words = [];

    /// <summary>How many stand where they ranked.</summary>
    public int Varied => _front.Count;

    public int Count => _front.Count + _behind.Count;

    public IEnumerable<ShelfCandidate> Candidates => _front.Concat(_behind);

    public void Add(ShelfCandidate candidate)
    {
        var (alike, words) = (0, TitleWords.Of(candidate.Item?.Title));
        for (var place = 0; place < _front.Count; place++)
        {
            alike += AreAlike(candidate.Item, words, place) ? 1 : 0;
        }

        if (alike < mostAlike)
        {
            _front.Add(candidate);
            _words.Add(words);
        }
        else
        {
            _behind.Add(candidate);
        }
    }

    private bool AreAlike(CatalogueItem? one, HashSet<string> words, int place) =>
        one is not null && _front[place].Item is { } other
        && ((one.Family() is { } family && family == other.Family())
            || (string.Equals(one.Type, other.Type, StringComparison.OrdinalIgnoreCase) && TitleWords.Overlap(words, _words[place]) >= Alike));
}
