using System.IO.Compression;

namespace Expansion.Browser.Tests.Storefront;

public sealed class OfferBlockTests
{
    [Fact]
    public void Script_Compressed_IsBelowTenKilobytes()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(File.ReadAllBytes(OfferBlock.Asset("expansion-offer.js")));
        }

        Assert.InRange(compressed.Length, 1, 10 * 1024);
    }

    [Fact]
    public void Locales_AllOfThem_HaveTheSameWords()
    {
        var english = OfferBlock.Words("en.default.json");

        Assert.Equal(["ar.json", "de.json", "en.default.json", "es.json"], OfferBlock.Locales.Order());
        Assert.All(OfferBlock.Locales, file =>
        {
            Assert.Equal(english.Keys, OfferBlock.Words(file).Keys);
            Assert.Contains("[amount]", OfferBlock.Words(file)["save"], StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Schema_OfTheBlock_NamesTheAssetsThereAre()
    {
        Assert.True(File.Exists(OfferBlock.Asset((string)OfferBlock.Schema["javascript"]!)));
        Assert.True(File.Exists(OfferBlock.Asset((string)OfferBlock.Schema["stylesheet"]!)));
        Assert.Equal("section", (string?)OfferBlock.Schema["target"]);
    }
}
