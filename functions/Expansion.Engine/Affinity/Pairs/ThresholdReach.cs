using System.Runtime.InteropServices;
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

    /// <param name="pairs">Gone through three times.</param>
    public static ThresholdReach Of<TProduct>(IEnumerable<(TProduct A, TProduct B, PairStanding Standing)> pairs, ShopSettings settings)
    {
        var (actionable, products) = Count(settings.MinSupport);
        var lowest = Lowest(pairs.Select(pair => pair.Standing).Where(pair => pair.Lift >= settings.MinLift));
        var (atLowest, productsAtLowest) = lowest is { } support ? Count(support) : (0, 0);
        return new(actionable, products, lowest, atLowest, productsAtLowest);

        (long Pairs, long Products) Count(double minSupport)
        {
            var (over, inThem) = (0L, new HashSet<TProduct>());
            var asked = settings with { MinSupport = minSupport };
            foreach (var (a, b, _) in pairs.Where(pair => pair.Standing.IsActionable(asked)))
            {
                over++;
                inThem.Add(a);
                inThem.Add(b);
            }

            return (over, inThem.Count);
        }
    }

    /// <summary>From the most frequent pair down, as long as enough of those so far are sound.</summary>
    private static double? Lowest(IEnumerable<PairStanding> pairs)
    {
        var bySupport = new Dictionary<double, (long Seen, long Sound)>();
        foreach (var pair in pairs)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(bySupport, pair.Support, out _);
            count = (count.Seen + 1, count.Sound + (pair.Sound ? 1 : 0));
        }

        var (seen, sound, lowest) = (0L, 0L, (double?)null);
        foreach (var (support, count) in bySupport.OrderByDescending(count => count.Key))
        {
            seen += count.Seen;
            sound += count.Sound;
            lowest = sound >= SoundShare * seen ? support : lowest;
        }

        return lowest;
    }
}
