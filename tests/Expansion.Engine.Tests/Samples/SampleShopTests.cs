using System.Security.Cryptography;
using System.Text;
using Expansion.Engine.Orders;
using Expansion.Engine.Samples;

namespace Expansion.Engine.Tests.Samples;

public sealed class SampleShopTests
{
    internal static readonly DateTimeOffset Until = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    internal static readonly SampleShop Shop = SampleShop.Create(Until);

    private static readonly Order[] Sales = [.. Shop.Orders.Where(order => order.Basket.Count > 0)];

    /// <summary>The hash was taken from one run: it changes when the shop does, and must be the same on every machine.</summary>
    [Fact]
    public void Create_FixedTimeAndSeed_GivesTheVeryBytes() =>
        Assert.Equal("4a50841f93e75a5ebcab9f927ab778a8ba9f968c86dba40c67a173988d8960f5", HashOfCsv(Shop));

    [Fact]
    public void Create_AnotherSeed_GivesAnotherShop() => Assert.NotEqual(HashOfCsv(Shop), HashOfCsv(SampleShop.Create(Until, seed: 21)));

    [Fact]
    public void Create_SameMomentInAnotherZone_GivesTheSameShop() =>
        Assert.Equal(HashOfCsv(Shop), HashOfCsv(SampleShop.Create(Until.ToOffset(TimeSpan.FromHours(9)))));

    [Fact]
    public void Orders_All_LieInTheTwoYearsInTheOrderOfTime()
    {
        Assert.All(Shop.Orders, order => Assert.InRange(order.OrderedAt, Until.AddYears(-2), Until.AddTicks(-1)));
        Assert.Equal(Shop.Orders.Select(order => order.OrderedAt).Order(), Shop.Orders.Select(order => order.OrderedAt));
        Assert.Equal(Shop.Orders.Count, Shop.Orders.DistinctBy(order => order.Id).Count());
    }

    [Fact]
    public void Orders_TwoYears_AreAShopsUsualNumbers()
    {
        Assert.InRange(Sales.Length, 15_000, 20_000);
        Assert.InRange(Sales.Average(order => order.Basket.Count), 1.8, 2.8);
        Assert.InRange(Sales.Count(order => order.Basket.Count == 1) / (double)Sales.Length, 0.25, 0.45);
        Assert.InRange(Sales.Max(order => order.Basket.Count), 6, 15);
        Assert.InRange(Shop.Orders.Count(order => order.Cancelled), 50, 250);
        Assert.InRange(Sales.GroupBy(order => order.CustomerId).Count(orders => orders.Count() > 1) / (double)Shop.Customers.Count, 0.5, 0.9);
    }

    [Fact]
    public void Orders_Lines_NameProductsAtTheirPrice()
    {
        var products = Shop.Products.ToDictionary(product => product.Sku);

        Assert.All(Shop.Orders.SelectMany(order => order.Lines), line =>
        {
            Assert.Equal(products[line.Sku].Title, line.Title);
            Assert.Equal(new Money(products[line.Sku].Price, "USD"), line.UnitPrice);
        });
        Assert.Equal(products.Keys.Order(), Sales.SelectMany(order => order.Basket).Distinct().Order());
    }

    [Fact]
    public void Orders_Customers_AreOnesTheShopHas() =>
        Assert.Subset(Shop.Customers.Select(customer => (CustomerId?)customer.Id).ToHashSet(), Shop.Orders.Select(order => order.CustomerId).ToHashSet());

    [Fact]
    public void Orders_Returned_AreTwoToFivePercentOfLinesAndFollowTheirOrder()
    {
        var orders = Shop.Orders.ToDictionary(order => order.Id.Value);
        var returns = Shop.Orders.Where(order => order.Lines.Any(line => line.Quantity < 0)).ToArray();
        var sold = Sales.Sum(order => order.Lines.Count);

        Assert.InRange(returns.Sum(order => order.Lines.Count) / (double)sold, 0.02, 0.05);
        Assert.All(returns, back =>
        {
            var order = orders[back.Id.Value[1..]];
            Assert.True(back.OrderedAt > order.OrderedAt);
            Assert.Empty(back.Basket);
            Assert.All(back.Lines, line => Assert.Contains(order.Lines, bought => bought.Sku == line.Sku && bought.Quantity == -line.Quantity));
        });
    }

    [Fact]
    public void Orders_ByMonth_GrowAndPeakAtChristmas()
    {
        var months = Sales.CountBy(order => order.Month.ToString()).ToDictionary();

        Assert.True(months["2026-04"] > 1.2 * months["2025-04"]);
        Assert.True(months["2025-12"] > 1.15 * months["2025-10"]);
        Assert.True(months["2025-12"] > 1.15 * months["2026-02"]);
    }

    [Fact]
    public void Orders_ByWeekdayAndHour_FollowTheMoodToShop()
    {
        var days = Sales.CountBy(order => order.OrderedAt.DayOfWeek).ToDictionary();
        var hours = Sales.CountBy(order => order.OrderedAt.Hour).ToDictionary();

        Assert.Equal(DayOfWeek.Sunday, days.MaxBy(day => day.Value).Key);
        Assert.True(hours[20] > 5 * hours[3]);
    }

    private static string HashOfCsv(SampleShop shop)
    {
        using var writer = new StringWriter();
        SampleOrdersCsv.Write(shop.Orders, writer);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(writer.ToString())));
    }
}
