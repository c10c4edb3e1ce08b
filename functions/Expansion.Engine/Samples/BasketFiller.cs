using Expansion.Engine.Orders;

namespace Expansion.Engine.Samples;

/// <summary>
/// Fills one basket: what the customer came for, then whims, then what belongs to either. A whim is decided for each product alone and at the same
/// rate in every order of the season; that is what makes two unbound products meet by chance only.
/// </summary>
internal static class BasketFiller
{
    private static readonly SampleProduct[] Whims = [.. SampleCatalogue.Products.Where(product => product.Demand.Whim > 0)];

    private static readonly double[] YearRound = [.. Whims.Select(product => product.Demand.Season == SampleSeason.Always ? product.Demand.Whim : 0)];

    private static readonly ILookup<Sku, PlantedAffinity> Companions = SampleTruth.Planted.SameBasket.ToLookup(pair => pair.A);

    private static readonly Dictionary<Sku, SampleProduct> BySku = SampleCatalogue.Products.ToDictionary(product => product.Sku);

    /// <param name="wanted">What the customer came for; empty when just looking, and then at least one whim is followed.</param>
    /// <param name="owned">Durables the customer has; those of this basket are added.</param>
    public static IReadOnlyList<OrderLine> Fill(IEnumerable<Sku> wanted, DateTimeOffset at, HashSet<Sku> owned, SplitMix64 chance)
    {
        var basket = new List<SampleProduct>();
        foreach (var sku in wanted)
        {
            Add(BySku[sku]);
        }

        foreach (var product in Whims)
        {
            if (chance.Chance(product.Demand.Whim) && ShopCalendar.Sells(product.Demand.Season, at) && !owned.Contains(product.Sku))
            {
                Add(product);
            }
        }

        while (basket.Count == 0)
        {
            var product = Whims[chance.Pick(YearRound)];
            if (!owned.Contains(product.Sku))
            {
                Add(product);
            }
        }

        foreach (var companion in basket.SelectMany(product => Companions[product.Sku]).ToArray())
        {
            if (chance.Chance(companion.Strength))
            {
                Add(BySku[companion.B]);
            }
        }

        owned.UnionWith(basket.Where(product => !product.Consumable).Select(product => product.Sku));
        return [.. basket.Select(product => Line(product, chance))];

        void Add(SampleProduct product)
        {
            if (!basket.Contains(product))
            {
                basket.Add(product);
            }
        }
    }

    private static OrderLine Line(SampleProduct product, SplitMix64 chance)
    {
        // Who refills by habit takes one; otherwise a second or third of something small goes in now and then.
        var quantity = product.Demand.RefillDays > 0 || product.Price > 40 || chance.Chance(0.8) ? 1 : chance.Chance(0.75) ? 2 : 3;
        return new OrderLine(product.Sku, quantity, quantity, new Money(product.Price, SampleProduct.Currency)) { Title = product.Title };
    }
}
