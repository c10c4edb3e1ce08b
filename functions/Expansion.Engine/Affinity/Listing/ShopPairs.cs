using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Shops;

namespace Expansion.Engine.Affinity.Listing;

/// <summary>Everything known of a shop's pairs, as one request sees it from beginning to end.</summary>
/// <param name="Scored">The kept pairs of the generation.</param>
/// <param name="Decisions">What people decided, also about pairs that aren't kept.</param>
public sealed record ShopPairs(
    Shop Shop, AffinityGeneration Generation, IReadOnlyList<ScoredPair> Scored, IReadOnlyDictionary<(Sku A, Sku B), PairDecision> Decisions)
{
    /// <summary>The kept pairs, then those that somebody made by hand.</summary>
    public IEnumerable<ListedPair> All()
    {
        var kept = new HashSet<(Sku, Sku)>();
        foreach (var pair in Scored)
        {
            var listed = Listed(pair);
            if (listed.Decision is not null)
            {
                kept.Add((listed.A, listed.B));
            }

            yield return listed;
        }

        foreach (var decision in Decisions.Values.Where(decision => !kept.Contains((decision.A, decision.B))))
        {
            yield return ByHand(decision);
        }
    }

    /// <summary>One pair, named in either order. Null when it isn't kept and nobody decided about it.</summary>
    public ListedPair? Find(Sku one, Sku other)
    {
        var (a, b) = PairDecision.InOrder(one, other);
        return Scored.FirstOrDefault(pair => pair.Pair.A == a && pair.Pair.B == b) is { } scored ? Listed(scored)
            : Decisions.TryGetValue((a, b), out var decision) ? ByHand(decision)
            : null;
    }

    public ThresholdReach Reach() => ThresholdReach.Of(
        Scored.Select(pair => (pair.Pair.A, pair.Pair.B, pair.Standing(Decisions.GetValueOrDefault((pair.Pair.A, pair.Pair.B))?.Verdict))), Shop.Settings);

    private ListedPair Listed(ScoredPair pair)
    {
        var decision = Decisions.GetValueOrDefault((pair.Pair.A, pair.Pair.B));
        return new(pair.Pair.A, pair.Pair.B, pair, decision, pair.Standing(decision?.Verdict).IsActionable(Shop.Settings));
    }

    private static ListedPair ByHand(PairDecision decision) => new(decision.A, decision.B, null, decision, decision.Verdict != PairVerdict.Rejected);
}

/// <summary>A pair with all that was measured and decided.</summary>
/// <param name="Scored">Null for a pair that isn't kept: somebody made it by hand.</param>
/// <param name="Decision">Null when nobody has decided.</param>
public sealed record ListedPair(Sku A, Sku B, ScoredPair? Scored, PairDecision? Decision, bool Actionable);
