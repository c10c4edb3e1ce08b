using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Listing;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Shops;

namespace Expansion.Functions.Affinity;

/// <summary>
/// Reads a shop's pairs for a request: three point reads say what is current, and the rest is in memory but for the first to ask. A generation's file never changes;
/// decisions are listed anew when their version has changed, so that what one instance is told every other knows at its next request.
/// </summary>
public sealed class ShopPairsReader(IShopStore shops, IAffinityStore affinities, IPairDecisionStore decisions, IPairFiles files)
{
    /// <summary>Some 500 bytes each: 250 MB, or the largest generation alone.</summary>
    private const long MaxPairs = 500_000;

    private const long MaxDecisions = 100_000;

    private readonly LoadCache<(ShopId Shop, string Generation), IReadOnlyList<ScoredPair>> _pairs = new(
        key => files.ReadAsync(key.Shop, key.Generation, CancellationToken.None), pairs => pairs.Count, MaxPairs);

    private readonly LoadCache<(ShopId Shop, string Version), IReadOnlyDictionary<(Sku A, Sku B), PairDecision>> _decisions = new(
        async key => await decisions.ListAsync(key.Shop, CancellationToken.None).ToDictionaryAsync(decision => (decision.A, decision.B)), list => list.Count, MaxDecisions);

    /// <returns>The pairs, or why there are none.</returns>
    public async Task<(ShopPairs? Pairs, PairsMissing? Missing)> ReadAsync(ShopId id, CancellationToken cancellationToken)
    {
        var (shopRead, generationRead, versionRead) = (
            shops.FindAsync(id, cancellationToken), affinities.CurrentAsync(id, cancellationToken), decisions.VersionAsync(id, cancellationToken));
        if (await shopRead is not { } shop)
        {
            return (null, new(ShopIsKnown: false, $"There is no shop '{id}'. Import its orders, or add it with PUT /api/shops/{{shop}}/settings."));
        }

        if (await generationRead is not { } generation)
        {
            return (null, new(ShopIsKnown: true, $"Nothing has been learned of {id} yet: start with POST /api/shops/{id}/recompute, or wait for the night."));
        }

        var decided = await _decisions.GetAsync((id, await versionRead), cancellationToken);
        return (new(shop, generation, await _pairs.GetAsync((id, generation.Id), cancellationToken), decided), null);
    }
}

/// <summary>Why a shop has no pairs, and what to do about it.</summary>
public sealed record PairsMissing(bool ShopIsKnown, string Reason);
