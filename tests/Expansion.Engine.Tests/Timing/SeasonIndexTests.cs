using Expansion.Engine.Timing;

namespace Expansion.Engine.Tests.Timing;

public sealed class SeasonIndexTests
{
    [Fact]
    public void Of_TwoYears_FindsTheMonthInWhichACategorySellsBetterThanTheShop()
    {
        // The whole shop sells twice as much in December; tea's share is 10 % but in June, where it is 30 %.
        var sales = Months(24).SelectMany(month =>
        {
            var all = month.Month == 12 ? 2000 : 1000;
            var tea = month.Month == 6 ? 300 : all / 10;
            return new[] { new CategorySales("tea", month, tea), new CategorySales("coffee", month, all - tea) };
        }).ToList();

        var peak = Assert.Single(SeasonIndex.Of(sales, 1.5, category => [new(category)]));

        // Tea is 2 × (12 × 100 + 100 + 200) = 3,000 of 26,000; in June 600 of 2,000: 0.3 / (3,000 / 26,000) = 2.6.
        Assert.Equal(("tea", 6, 2.6), (peak.Category, peak.Month, Math.Round(peak.Index, 6)));
        Assert.Equal([new Sku("tea")], peak.Products);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(0)]
    public void Of_LessThanAYear_KnowsNoSeason(int months)
    {
        Assert.Empty(SeasonIndex.Of([.. Months(months).Select(month => new CategorySales("tea", month, month.Month == 6 ? 900 : 10))], 1.5, _ => []));
    }

    [Fact]
    public void Of_FewSales_AreLuck()
    {
        var sales = Months(12).SelectMany(month => new[] { new CategorySales("tea", month, month.Month == 6 ? 19 : 1), new CategorySales("coffee", month, 1000) }).ToList();

        Assert.Empty(SeasonIndex.Of(sales, 1.5, _ => []));
    }

    [Fact]
    public void Of_ProductsOfOneType_ShareASeasonThatNoneOfThemShowsAlone()
    {
        // Each of ten teas sells 1 a month and 3 in June: too few to tell alone, 30 together.
        var sales = Months(12).SelectMany(month => Enumerable.Range(0, 10).Select(tea => new ProductSales(new($"tea{tea}"), month, month.Month == 6 ? 3 : 1)).Append(new(new("coffee"), month, 1000))).ToList();
        var types = Enumerable.Range(0, 10).ToDictionary(tea => new Sku($"tea{tea}"), _ => "Tea");

        Assert.Empty(SeasonIndex.Of(sales, new Dictionary<Sku, string>(), 1.5));
        var peak = Assert.Single(SeasonIndex.Of(sales, types, 1.5));
        Assert.Equal(("Tea", 6, 10), (peak.Category, peak.Month, peak.Products.Count));
    }

    [Fact]
    public void Of_MoreSeasonsAndProductsThanAreKept_KeepsTheClearestAndTheBestsellers()
    {
        var sales = Months(12).SelectMany(month => Enumerable.Range(0, 100).SelectMany(type =>
            Enumerable.Range(0, type == 0 ? 250 : 1).Select(product => new ProductSales(new($"{type:000}-{product:000}"), month, month.Month == 1 + (type % 12) ? 100 + product + (10 * type) : 10)))).ToList();

        var peaks = SeasonIndex.Of(sales, sales.Select(sale => sale.Product).Distinct().ToDictionary(product => product, product => product.Value[..3]), 1.1);

        Assert.Equal(SeasonIndex.MostPeaks, peaks.Count);
        Assert.DoesNotContain(peaks, peak => peak.Category == "001");
        var wide = Assert.Single(peaks, peak => peak.Category == "000").Products;
        Assert.Equal((SeasonIndex.MostProducts, new Sku("000-249")), (wide.Count, wide[0]));
    }

    private static IEnumerable<YearMonth> Months(int count) => Enumerable.Range(0, count).Select(month => new YearMonth(2024, 1).AddMonths(month));
}
