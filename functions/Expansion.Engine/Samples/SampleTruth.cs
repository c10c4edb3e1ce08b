namespace Expansion.Engine.Samples;

/// <summary>What was planted in the orders, so that what is found can be compared with what is there.</summary>
/// <param name="SameBasket">Bought together. A source has one target and is none itself, so that no pair is planted that isn't listed.</param>
/// <param name="Later">Bought in a later order of the same customer.</param>
/// <param name="SeasonOnly">Sold in the same months and otherwise strangers: together more often than the year would have it, not more than the month.</param>
/// <param name="Unbound">Sold all year, each on its own: any two of them meet by chance only.</param>
public sealed record SampleTruth(
    IReadOnlyList<PlantedAffinity> SameBasket,
    IReadOnlyList<PlantedSequel> Later,
    IReadOnlyList<SeasonalPair> SeasonOnly,
    IReadOnlyList<Sku> Unbound)
{
    public static SampleTruth Planted { get; } = Plant();

    private static SampleTruth Plant()
    {
        PlantedAffinity[] sameBasket =
        [
            // Common enough to pass 3 % of all orders.
            Pair("COF-HOUSE-1K", "CAR-TABS-100", 0.40),
            Pair("COF-GUJI-250", "CAR-CONE-02", 0.45),
            Pair("COF-SANTOS-1K", "PAN-CANTUCCINI", 0.45),
            Pair("COF-HUILA-250", "PAN-CHOC-SALT", 0.45),
            Pair("COF-DECAF-250", "PAN-OAT-6", 0.45),
            Pair("TEA-MATCHA-80", "PAN-AGAVE", 0.55),
            Pair("TEA-CHAI-1L", "PAN-VANILLA", 0.55),

            // As strong, but rarer: what a threshold of 3 % hides on a wide catalogue.
            Pair("BRW-CONE-2", "CAR-CONE-02", 0.60),
            Pair("BRW-CARAFE-3", "CAR-SQUARE", 0.70),
            Pair("ESP-PLUS", "BAR-TAMPER", 0.50),
            Pair("ESP-BASIC", "BAR-KNOCK", 0.35),
            Pair("BAR-JUG-350", "BAR-THERMO", 0.40),
            Pair("KIT-KNIFE", "KIT-STONE", 0.50),
            Pair("CUP-CREME", "PAN-GALETTES", 0.50),
            Pair("GRD-HAND-1", "CAR-BRUSH", 0.40),
            Pair("KIT-KETTLE-2", "BAR-SCALE-1", 0.35),
        ];
        PlantedSequel[] later =
        [
            Sequel("ESP-BASIC", "CAR-DESCALER", 0.55, 42),
            Sequel("ESP-PLUS", "CAR-DESCALER", 0.55, 42),
            Sequel("ESP-PRO", "CAR-DESCALER", 0.55, 42),
            Sequel("GRD-EL-2", "CAR-PELLETS", 0.50, 30),
            Sequel("BRW-PRESS-1L", "COF-ANTIGUA-250", 0.35, 21),
            Sequel("GRD-HAND-1", "GRD-HAND-3", 0.20, 180),
        ];
        var bound = sameBasket.SelectMany(pair => new[] { pair.A, pair.B }).Concat(later.SelectMany(pair => new[] { pair.First, pair.Then })).ToHashSet();
        return new SampleTruth(
            sameBasket,
            later,
            [.. SeasonalPairs(SampleSeason.Summer), .. SeasonalPairs(SampleSeason.Winter)],
            [.. SampleCatalogue.Products
                .Where(product => product.Demand is { Season: SampleSeason.Always, RefillDays: 0 } && !bound.Contains(product.Sku))
                .Select(product => product.Sku)]);
    }

    private static IEnumerable<SeasonalPair> SeasonalPairs(SampleSeason season)
    {
        var skus = SampleCatalogue.Products.Where(product => product.Demand.Season == season).Select(product => product.Sku).ToArray();
        return skus.SelectMany((a, index) => skus.Skip(index + 1).Select(b => new SeasonalPair(a, b, season)));
    }

    private static PlantedAffinity Pair(string a, string b, double strength) => new(new Sku(a), new Sku(b), strength);

    private static PlantedSequel Sequel(string first, string then, double strength, int days) => new(new Sku(first), new Sku(then), strength, days);
}

/// <param name="Strength">Share of the orders with <paramref name="A"/> to which <paramref name="B"/> is added because of it.</param>
public sealed record PlantedAffinity(Sku A, Sku B, double Strength);

/// <param name="Strength">Share of the customers who buy <paramref name="Then"/> because they bought <paramref name="First"/>.</param>
/// <param name="Days">Days between the two orders, give or take a quarter.</param>
public sealed record PlantedSequel(Sku First, Sku Then, double Strength, int Days);

public sealed record SeasonalPair(Sku A, Sku B, SampleSeason Season);
