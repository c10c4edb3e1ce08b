using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Listing;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Affinity.Season;
using Expansion.Engine.Shops;

namespace Expansion.Engine.Tests.Affinity.Listing;

/// <summary>Pairs of a shop with 1,000 baskets from November 2025 to January 2026.</summary>
internal static class GivenPairs
{
    public static readonly ShopId Shop = ShopId.From("coffee.example");

    public static readonly AffinityGeneration Generation = new("g1", default, new(2025, 11), new(2026, 1), Baskets: 1000, Products: 5, Pairs: 9) { BasketsByMonth = [600, 0, 400] };

    /// <summary>Sound, of no season, bought in one order.</summary>
    public static ScoredPair Pair(string a, string b, long both, long countA = 100, long countB = 80) => new(
        new(new(a), new(b), both, countA, countB, 1000), countA * countB / 1000.0, 1e-9, 1e-6, 1.5, 4, 1.8, 2.5, Seasonal: false, [], TrendDirection.Steady, [(int)both / 2, 0, (int)(both - (both / 2))],
        new(20, 3, 1, 14, 9, 12), PriceRatio: null);

    public static PairDecision Decision(string a, string b, PairVerdict verdict) =>
        new(new(a), new(b), verdict, "Goes well", "Ann", new(2026, 2, 3, 10, 0, 0, TimeSpan.Zero));

    public static ShopPairs Of(IReadOnlyList<ScoredPair> pairs, params IReadOnlyList<PairDecision> decisions) =>
        new(new(Shop, new ShopSettings(), "1"), Generation, pairs, decisions.ToDictionary(decision => (decision.A, decision.B)));
}
