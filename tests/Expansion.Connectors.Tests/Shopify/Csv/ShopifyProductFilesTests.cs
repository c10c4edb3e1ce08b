using System.IO.Compression;
using System.Text;
using Expansion.Connectors.Shopify.Csv;
using Expansion.Engine;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Testing;
using Expansion.Testing.Fakes;

namespace Expansion.Connectors.Tests.Shopify.Csv;

public sealed class ShopifyProductFilesTests
{
    private const string Header = "Handle,Title,Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Image Src,Gift Card,Cost per item,Status\n";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly RejectList rejects = new();

    [Fact]
    public void Read_VariantsAndPictures_GiveAnItemAVariant()
    {
        var items = Read(Header
            + "beans,\"Espresso, dark\",Acme,Coffee,\"a, b\",true,Size,250 g,B-250,shopify,3,deny,9.50,12,https://cdn/1.jpg,false,4.10,active\n"
            + "beans,,,,,,,1 kg,B-1000,shopify,0,continue,32,,,,13,\n"
            + "beans,,,,,,,,,,,,,,https://cdn/2.jpg,,,\n"
            + "mug,Mug,,,,false,Title,Default Title,MUG,,,deny,10,,,true,,draft\n");

        Assert.Equal(["B-250", "B-1000", "MUG"], items.Select(item => item.Sku.Value));
        Assert.Equal(["Espresso, dark - 250 g", "Espresso, dark - 1 kg", "Mug"], items.Select(item => item.FullTitle()));
        Assert.Equal((new Money(9.5m, "EUR"), new Money(12, "EUR"), new Money(4.1m, "EUR"), 3L, false), (items[0].Price, items[0].CompareAtPrice, items[0].Cost, items[0].Stock, items[0].SellsWithoutStock));
        Assert.Equal(("Acme", "Coffee", "beans", "https://cdn/1.jpg", true), (items[1].Vendor, items[1].Type, items[1].Family(), items[1].Image, items[1].InStock()));
        Assert.Equal((ItemStatus.Draft, false, true, null, true), (items[2].Status, items[2].Published, items[2].GiftCard, items[2].Stock, items[2].InStock()));
        Assert.Empty(rejects);
    }

    [Fact]
    public void Read_LinesThatCannotBe_AreRejectedAndTheOthersRead()
    {
        var items = Read(Header
            + "a,A,,,,true,,,,,,deny,10,,,,,active\n"
            + "b,,,,,,,,B,,,deny,10,,,,,\n"
            + "c,C,,,,true,,,C,shopify,many,deny,10,,,,,active\n"
            + "d,D,,,,true,,,D,,,deny,ten,,,,,active\n"
            + "e,E,,,,true,,,E,,,deny,10,,,,,active\n");

        Assert.Equal(["E"], items.Select(item => item.Sku.Value));
        Assert.Equal(4, rejects.Count);
    }

    [Theory]
    [InlineData("sku,name\n1,2\n", "The header isn't that of Shopify's export of products: it needs Handle (or URL handle), Title and Variant SKU (or SKU) in its first line.")]
    [InlineData("PK\u0003\u0004", "The file is a zip archive: unpack it and import the CSV files in it.")]
    public void Read_NoFileOfProducts_IsRefused(string text, string refusal) =>
        Assert.Equal(refusal, new ShopifyProductFiles().Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "EUR", Now, rejects).Refusal);

    [Fact]
    public void Read_Gzip_IsUnpacked()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Header + "e,E,,,,true,,,E,,,deny,10,,,,,active\n"));
        }

        packed.Position = 0;

        Assert.Single(new ShopifyProductFiles().Read(packed, "EUR", Now, rejects).Items);
    }

    [Theory]
    [InlineData("csv/products_export_classic.csv", new[] { "TEE-BLK-S", "TEE-BLK-M", "MUG" })]
    [InlineData("csv/products_template_new.csv", new[] { "TEE-BLK-S", "TEE-BLK-M" })]
    public void Read_RealSample_HasItsVariants(string file, string[] skus)
    {
        var path = SharedMaterial.Find("integrations/samples/shopify/" + file);
        Assert.SkipWhen(path is null, SharedMaterial.Missing);
        using var stream = File.OpenRead(path);

        var items = new ShopifyProductFiles().Read(stream, "EUR", Now, rejects).Items;

        Assert.Equal(skus, items.Select(item => item.Item.Sku.Value));
        Assert.Equal((12L, true, 0L, false, 3.10m), (items[0].Item.Stock, items[0].Item.InStock(), items[1].Item.Stock, items[1].Item.InStock(), items[0].Item.Cost!.Value.Amount));
        Assert.Equal(["cotton", "summer"], items[1].Item.Tags);
    }

    private List<CatalogueItem> Read(string text) => [.. new ShopifyProductFiles().Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "EUR", Now, rejects).Items.Select(told => told.Item)];
}
