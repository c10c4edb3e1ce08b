using System.Globalization;

namespace Expansion.Engine.Affinity.Listing;

/// <summary>What a shop's pairs amount to, under the thresholds it has now.</summary>
/// <param name="Kept">Pairs kept with all their measures: the best of each product.</param>
/// <param name="Sound">Kept pairs that are more than luck.</param>
/// <param name="Seasonal">Sound pairs that live only on a common season.</param>
/// <param name="Actionable">Pairs over the thresholds, sound and not seasonal, or approved.</param>
/// <param name="ActionableProducts">Products in at least one of them.</param>
/// <param name="LowestSoundSupport">The lowest threshold of support that still means something; null when there is none.</param>
/// <param name="ActionableAtLowest">Pairs that would be actionable with it.</param>
/// <param name="Decided">How many decisions there are, by verdict.</param>
/// <param name="Words">All of it in sentences.</param>
public sealed record AffinitySummary(
    double MinSupport, double MinLift, long Kept, long Sound, long Seasonal, long Actionable, long ActionableProducts, double? LowestSoundSupport, long ActionableAtLowest,
    long ProductsAtLowest, IReadOnlyDictionary<string, int> Decided, IReadOnlyList<string> Words)
{
    public static AffinitySummary Of(ShopPairs shop)
    {
        var (settings, reach) = (shop.Shop.Settings, shop.Reach());
        var sound = shop.Scored.LongCount(pair => pair.Sound);
        var seasonal = shop.Scored.LongCount(pair => pair.Sound && pair.Seasonal);
        var decided = Enum.GetValues<PairVerdict>().ToDictionary(ExpansionJson.Word, verdict => shop.Decisions.Values.Count(decision => decision.Verdict == verdict));
        return new(
            settings.MinSupport, settings.MinLift, shop.Scored.Count, sound, seasonal, reach.Pairs, reach.Products, reach.LowestSoundSupport, reach.PairsAtLowest, reach.ProductsAtLowest,
            decided,
            [
                Text($"{shop.Generation.Pairs:N0} pairs of {shop.Generation.Products:N0} products were bought together in {shop.Generation.Baskets:N0} orders; {shop.Scored.Count:N0} are kept, {sound:N0} of them are more than luck and {seasonal:N0} of those no more than a season."),
                Text($"{reach.Pairs:N0} pairs of {reach.Products:N0} products pass the thresholds: support of at least {settings.MinSupport:P1}, lift of at least {settings.MinLift:0.0#}, sound and not seasonal, or approved."),
                Lower(reach.LowestSoundSupport, settings.MinSupport, reach.PairsAtLowest, reach.ProductsAtLowest),
            ]);
    }

    private static string Lower(double? lowest, double now, long pairs, long products) => lowest switch
    {
        null => "No lower threshold would be sound: there are too few orders yet.",
        var support when support >= now => Text($"Lower than {support:P3} no threshold would be sound: leave it as it is, or raise it to that."),
        var support => Text($"The lowest support that is still sound is {support:P3}: with it {pairs:N0} pairs of {products:N0} products would pass."),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
