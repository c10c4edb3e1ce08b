using System.Globalization;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Listing;
using Expansion.Engine.Affinity.Season;

namespace Expansion.Engine.Tests.Affinity.Listing;

public sealed class PairCsvTests
{
    [Fact]
    public void Header_OfAllFields_BeginsWithWhatEveryFormHas() => Assert.StartsWith(PairFields.Measured + ",", PairCsv.Header, StringComparison.Ordinal);

    [Fact]
    public void Line_OfAPair_EveryValueUnderItsName()
    {
        var scored = GivenPairs.Pair("a,1", "b\"2\"", 60) with { Q = 1e-300, SeasonMonths = [11, 12], Trend = TrendDirection.Fading, ProductA = new(new("a,1"), "Line\nbreak", new(9.90m, "EUR")) };
        var pair = GivenPairs.Of([scored], GivenPairs.Decision("a,1", "b\"2\"", PairVerdict.Approved)).All().Single();

        Assert.Equal(
            "\"a,1\",\"b\"\"2\"\"\",60,100,80,1000,0.06,0.6,0.75,7.5,8,1E-09,1E-300,1.5,4,1.8,2.5,false,11 12,fading,30 0 30,20,3,1,14,9,12,,product_page,product_page,"
            + "\"Line\nbreak\",,9.90,EUR,,,goods,goods,approved,true",
            PairCsv.Line(pair));
    }

    [Fact]
    public void Line_OfAPairMadeByHand_IsEmptyWhereNothingIsKnown()
    {
        var pair = GivenPairs.Of([], GivenPairs.Decision("a", "b", PairVerdict.Pinned)).All().Single();

        Assert.Equal($"a,b,{new string(',', PairFields.Names.Count() - 4)}pinned,true", PairCsv.Line(pair));
        Assert.Equal(["a", "b", "verdict", "actionable"], PairFields.Of(pair).Keys);
    }

    [Fact]
    public void Text_OfAnotherCulture_IsTheSame()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal("1.5", PairCsv.Text(1.5));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
