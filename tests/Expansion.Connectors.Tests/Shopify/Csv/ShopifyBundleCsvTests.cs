using System.Text;
using Expansion.Connectors.Shopify.Csv;
using Expansion.Engine.Offers.Bundles;

namespace Expansion.Connectors.Tests.Shopify.Csv;

public sealed class ShopifyBundleCsvTests
{
    [Theory]
    [InlineData("EUR", "6.00", "4.50", "8.00,10.50,3.00")]
    [InlineData("KWD", "6.000", "4.500", "8.000,10.500,3.000")]
    public void Write_ABundle_IsADraftWithItsPricesInTheCurrencysDecimals(string currency, string tea, string pot, string prices) =>
        Assert.Equal(
            "\"Tea, <b>green</b> + pot/1\",bundle-0123,"
                + $"\"<ul><li>Tea, &lt;b&gt;green&lt;/b&gt; (tea): {tea}</li><li>pot/1 (pot/1): {pot}</li></ul>\",Bundle,bundle,FALSE,Draft,bundle-0123,Title,Default Title,{prices}",
            Write(Bundle(currency, costAssumed: false))[1]);

    [Fact]
    public void Write_CostAssumed_IsLeftOut() => Assert.EndsWith(",10.50,", Write(Bundle("EUR", costAssumed: true))[1], StringComparison.Ordinal);

    [Fact]
    public void Write_NoBundle_IsTheHeader() =>
        Assert.Equal(["Title,URL handle,Description,Type,Tags,Published on online store,Status,SKU,Option1 name,Option1 value,Price,Compare-at price,Cost per item"], Write());

    private static Bundle Bundle(string currency, bool costAssumed) => new(
        "0123", [new(new("tea"), "Tea, <b>green</b>", new(6, currency), new(4, currency)), new(new("pot/1"), null, new(4.5m, currency), new(4, currency))],
        new(10.5m, currency), new(8, currency), new(5, currency), costAssumed, 1, new(5, currency));

    private static string[] Write(params Bundle[] bundles)
    {
        using var file = new MemoryStream();
        ShopifyBundleCsv.Write(bundles, file);
        return Encoding.UTF8.GetString(file.ToArray()).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
    }
}
