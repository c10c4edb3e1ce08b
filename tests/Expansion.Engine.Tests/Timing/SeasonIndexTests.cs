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

    private static IEnumerable<YearMonth> Months(int count) => Enumerable.Range(0, count).Select(month => new YearMonth(2024, 1).AddMonths(month));
}
