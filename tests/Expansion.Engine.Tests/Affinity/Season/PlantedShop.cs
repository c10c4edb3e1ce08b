using Expansion.Engine.Affinity.Season;
using Expansion.Engine.Affinity.Soundness;

namespace Expansion.Engine.Tests.Affinity.Season;

/// <summary>What kind of pair was planted; products that share no plant meet by chance.</summary>
internal enum Plant
{
    Chance,
    Affinity,
    SeasonalAffinity,
    SeasonOnly,
}

/// <summary>
/// Two years of baskets of a shop whose pairs we know. Products come into a basket independently, except that the second product of an affinity is
/// <paramref name="Lift"/> times as likely in a basket with the first. A seasonal product sells <paramref name="Season"/> times as well in its season of
/// <paramref name="SeasonMonths"/> months and otherwise as ever.
/// </summary>
internal sealed record PlantedShop(
    int Seed, double Lift, double Season, double Share, int BasketsPerMonth, int PairsOfAKind = 100, int SeasonMonths = 2, int Loners = 100)
{
    private const int Months = 24;

    private int Products => Loners + (6 * PairsOfAKind);

    /// <summary>Every pair that was seen at least once.</summary>
    public IEnumerable<(Plant Plant, MonthCounts[] Months)> Pairs()
    {
        var random = new Random(Seed);
        var sold = new int[Products, Months];
        var together = new Dictionary<(int, int), int[]>();
        for (var month = 0; month < Months; month++)
        {
            var baskets = new List<int>[BasketsPerMonth];
            for (var basket = 0; basket < baskets.Length; basket++)
            {
                baskets[basket] = [];
            }

            for (var product = 0; product < Products; product++)
            {
                Sell(product, month, baskets, random);
            }

            Count(baskets, month, sold, together);
        }

        return together.Select(pair => (PlantOf(pair.Key.Item1, pair.Key.Item2), Enumerable.Range(0, Months).Select(month => new MonthCounts(
            new YearMonth(2023, 1).AddMonths(month),
            new PairCounts(pair.Value[month], sold[pair.Key.Item1, month], sold[pair.Key.Item2, month], BasketsPerMonth))).ToArray()));
    }

    public long PossiblePairs => FalseDiscovery.TestsAmong(Products);

    /// <summary>Products come in pairs 0-1, 2-3, …: affinities, then seasonal affinities, then season-only pairs, then loners.</summary>
    private Plant PlantOf(int product) => product >= 6 * PairsOfAKind ? Plant.Chance : (Plant)(1 + (product / (2 * PairsOfAKind)));

    private Plant PlantOf(int a, int b)
    {
        if (a / 2 == b / 2)
        {
            return PlantOf(a);
        }

        return StartOfSeason(a) is { } start && start == StartOfSeason(b) ? Plant.SeasonOnly : Plant.Chance;
    }

    /// <summary>Seasons are spread over the year, pair by pair, and never overlap in part.</summary>
    private int? StartOfSeason(int product) => PlantOf(product) is Plant.SeasonalAffinity or Plant.SeasonOnly ? product / 2 % (12 / SeasonMonths) * SeasonMonths : null;

    private double Chance(int product, int month) =>
        StartOfSeason(product) is { } start && month % 12 >= start && month % 12 < start + SeasonMonths ? Share * Season : Share;

    private void Sell(int product, int month, List<int>[] baskets, Random random)
    {
        var chance = Chance(product, month);
        var partnered = product % 2 == 1 && PlantOf(product) is Plant.Affinity or Plant.SeasonalAffinity;
        var with = partnered ? Math.Min(1, Lift * chance) : chance;
        var without = partnered ? (chance - (with * chance)) / (1 - chance) : chance;
        var most = Math.Max(with, without);
        for (var basket = Skip(most, random); basket < baskets.Length; basket += 1 + Skip(most, random))
        {
            // Products are sold in order, so the partner, if there, came last.
            var items = baskets[basket];
            var now = items.Count > 0 && items[^1] == product - 1 ? with : without;
            if (now == most || random.NextDouble() < now / most)
            {
                items.Add(product);
            }
        }
    }

    /// <summary>How many baskets go by before the next with that chance.</summary>
    private static int Skip(double chance, Random random) => (int)Math.Min(int.MaxValue / 2, Math.Log(1 - random.NextDouble()) / Math.Log(1 - chance));

    private static void Count(List<int>[] baskets, int month, int[,] sold, Dictionary<(int, int), int[]> together)
    {
        foreach (var basket in baskets)
        {
            for (var i = 0; i < basket.Count; i++)
            {
                sold[basket[i], month]++;
                for (var j = i + 1; j < basket.Count; j++)
                {
                    if (!together.TryGetValue((basket[i], basket[j]), out var months))
                    {
                        together[(basket[i], basket[j])] = months = new int[Months];
                    }

                    months[month]++;
                }
            }
        }
    }
}
