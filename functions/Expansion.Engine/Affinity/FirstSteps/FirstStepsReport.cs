using System.Globalization;
using Expansion.Engine.Affinity.Listing;
using Expansion.Engine.Affinity.Pairs;

namespace Expansion.Engine.Affinity.FirstSteps;

/// <summary>Where a shop begins: its strongest cross-sell pairs, and the places with most traffic for what can be suggested.</summary>
/// <param name="Chosen">How the pairs were chosen, in words.</param>
/// <param name="Pairs">At most three, each in the direction that is worth more.</param>
/// <param name="Touchpoints">Most traffic first, of all pairs that are recommended at the shop's least lift.</param>
public sealed record FirstStepsReport(ShopId Shop, string Generation, string From, string To, long Baskets, string Chosen, IReadOnlyList<CrossSell> Pairs, IReadOnlyList<TouchpointReach> Touchpoints)
{
    private const int PairsShown = 3;

    public static FirstStepsReport Of(ShopPairs shop)
    {
        var (generation, settings) = (shop.Generation, shop.Shop.Settings);
        var months = generation.To.MonthsSince(generation.From) + 1;
        var recommended = shop.All()
            .Where(pair => pair.Scored is { } scored && IsRecommended(scored, pair.Decision?.Verdict, settings.MinLift))
            .Select(pair => (Pair: pair, AToB: CrossSell.AToB(pair, pair.Scored!, months), BToA: CrossSell.BToA(pair, pair.Scored!, months)))
            .ToList();
        var actionable = recommended.Count(choice => choice.Pair.Actionable);
        var strongest = recommended
            .OrderByDescending(choice => choice.Pair.Decision?.Verdict == PairVerdict.Pinned)
            .ThenByDescending(choice => choice.Pair.Actionable)
            .ThenByDescending(choice => choice.Pair.Actionable ? choice.Pair.Scored!.ShrunkenLift : choice.Pair.Scored!.Pair.Both)
            .ThenBy(choice => (choice.Pair.A, choice.Pair.B))
            .Take(PairsShown)
            .Select(choice => Worth(choice.AToB).CompareTo(Worth(choice.BToA)) >= 0 ? choice.AToB : choice.BToA)
            .ToList();
        var thresholds = string.Create(CultureInfo.InvariantCulture, $"support {settings.MinSupport:P1}, lift {settings.MinLift:0.0#}");
        return new(
            shop.Shop.Id, generation.Id, generation.From.ToString(), generation.To.ToString(), generation.Baskets,
            strongest.Count == 0 ? "No pair is sound yet: more orders are needed."
                : actionable >= PairsShown ? $"The strongest of {actionable} pairs over the shop's thresholds ({thresholds})."
                : $"{(actionable == 0 ? "No pair is" : $"Only {actionable} are")} over the shop's thresholds ({thresholds}); below them, the sound pairs that are most often bought together.",
            strongest,
            TouchpointReach.Of(recommended.SelectMany(choice => new[] { choice.AToB, choice.BToA }), settings.Currency));
    }

    private static (decimal Revenue, double Units) Worth(CrossSell suggestion) => (suggestion.MonthlyRevenue?.Expected ?? 0, suggestion.MonthlyUnits.Expected);

    private static bool IsRecommended(ScoredPair pair, PairVerdict? verdict, double minLift) =>
        verdict is { } decided ? decided != PairVerdict.Rejected : pair.Sound && !pair.Seasonal && pair.Pair.Lift >= minLift;
}
