namespace Expansion.Engine.Recommendations.Serving;

/// <summary>A model's answer as small as it can be kept: 24 bytes a pick, and each reason once.</summary>
public sealed class RankedAnswer
{
    /// <summary>By rough measure: of an answer its array, of a text its head.</summary>
    private const int OwnBytes = 100;
    private const int PickBytes = 24;
    private const int TextBytes = 24;

    private readonly Kept[] _picks;

    public RankedAnswer(IReadOnlyList<RankedPick> picks)
    {
        var reasons = new HashSet<string>(StringComparer.Ordinal);
        _picks = new Kept[picks.Count];
        Bytes = OwnBytes + (picks.Count * PickBytes);
        for (var place = 0; place < _picks.Length; place++)
        {
            var pick = picks[place];
            if (!reasons.TryGetValue(pick.Reason, out var reason))
            {
                reasons.Add(reason = pick.Reason);
                Bytes += TextBytes + (2 * reason.Length);
            }

            _picks[place] = new(pick.Sku, reason, (float)pick.Score, pick.Source, pick.LowConfidence);
        }
    }

    public long Bytes { get; }

    /// <summary>Made one by one, since few of them are shown.</summary>
    public IEnumerable<Pick> Picks()
    {
        foreach (var pick in _picks)
        {
            yield return new(pick.Sku, pick.Source, pick.Score, pick.Reason) { LowConfidence = pick.LowConfidence };
        }
    }

    private readonly record struct Kept(Sku Sku, string Reason, float Score, RecommendationSource Source, bool LowConfidence);
}
