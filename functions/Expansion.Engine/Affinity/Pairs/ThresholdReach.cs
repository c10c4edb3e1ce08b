using Expansion.Engine.Shops;

namespace Expansion.Engine.Affinity.Pairs;

/// <summary>What a shop's thresholds leave of its pairs, and how low the one for support could go.</summary>
/// <param name="Pairs">Actionable pairs.</param>
/// <param name="Products">Products in at least one of them.</param>
/// <param name="LowestSoundSupport">The lowest threshold at which at least <see cref="SoundShare"/> of the pairs over it are sound; null when there is none.</param>
/// <param name="PairsAtLowest">Pairs that would be actionable with it; 0 when there is none.</param>
/// <param name="ProductsAtLowest">Products in at least one of those.</param>
public sealed record ThresholdReach(long Pairs, long Products, double? LowestSoundSupport, long PairsAtLowest, long ProductsAtLowest)
{
    /// <summary>Of pairs over a threshold at least this share must be sound for the threshold to be called so: 0 to 1.</summary>
    public const double SoundShare = 0.95;

    public static ThresholdReach Of(IReadOnlyList<ScoredPair> pairs, Func<ScoredPair, PairVerdict?> verdict, ShopSettings settings)
    {
        var (actionable, products) = Count(settings.MinSupport);
        var lowest = Lowest(pairs, settings.MinLift);
        var (atLowest, productsAtLowest) = lowest is { } support ? Count(support) : (0, 0);
        return new(actionable, products, lowest, atLowest, productsAtLowest);

        (long Pairs, long Products) Count(double support)
        {
            var over = pairs.Where(pair => pair.IsActionable(verdict(pair), settings with { MinSupport = support })).ToList();
            return (over.Count, over.SelectMany(pair => new[] { pair.Pair.A, pair.Pair.B }).Distinct().LongCount());
        }
    }

    /// <summary>From the most frequent pair down, as long as enough of those so far are sound.</summary>
    private static double? Lowest(IReadOnlyList<ScoredPair> pairs, double minLift)
    {
        var (seen, sound, lowest) = (0L, 0L, (double?)null);
        foreach (var together in pairs.Where(pair => pair.Pair.Lift >= minLift).GroupBy(pair => pair.Pair.Support).OrderByDescending(group => group.Key))
        {
            seen += together.Count();
            sound += together.Count(pair => pair.Sound);
            lowest = sound >= SoundShare * seen ? together.Key : lowest;
        }

        return lowest;
    }
}
