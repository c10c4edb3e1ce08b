using System.Text;
using System.Text.Json;
using Expansion.Connectors.Shopify;
using Expansion.Engine;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Testing;

namespace Expansion.Connectors.Tests.Shopify;

public sealed class ShopifyProductMapperTests
{
    private static readonly DateTimeOffset Sent = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Map_Product_IsAnItemAVariantUnderTheKeyOfItsOrderLines()
    {
        var listing = Map("""
            {"id":7,"title":"Espresso","handle":"espresso","product_type":"Coffee","vendor":"Acme","tags":"dark, organic","status":"active","published_at":"2026-01-01T00:00:00Z",
             "updated_at":"2026-03-01T11:00:00+02:00","options":[{"name":"Size"}],"images":[{"id":1,"src":"https://cdn/1.jpg"},{"id":2,"src":"https://cdn/2.jpg"}],
             "variants":[{"id":71,"sku":" BEANS-250 ","price":"9.50","compare_at_price":"12.00","option1":"250 g","inventory_policy":"deny","inventory_quantity":3,"image_id":2},
                         {"id":72,"sku":"","price":"32.00","option1":"1 kg","inventory_policy":"continue","inventory_quantity":-1}]}
            """);

        Assert.Equal(("7", CatalogueSource.Shopify, true), (listing.Id, listing.Source, listing.IsWhole));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero).AddTicks(TimeSpan.TicksPerSecond - 1), listing.At);
        Assert.Equal(["BEANS-250", "variant:72"], listing.Items.Select(item => item.Sku.Value));
        var (small, large) = (listing.In("EUR").Items[0], listing.In("EUR").Items[1]);
        Assert.Equal(("Espresso - 250 g", "7", "71", "espresso", "Coffee", "Acme"), (small.FullTitle(), small.ProductId, small.VariantId, small.Handle, small.Type, small.Vendor));
        Assert.Equal(["dark", "organic"], small.Tags);
        Assert.Equal((new Money(9.5m, "EUR"), new Money(12, "EUR"), 3, ItemStatus.Active, true, false), (small.Price, small.CompareAtPrice, small.Stock, small.Status, small.Published, small.GiftCard));
        Assert.Equal(("https://cdn/2.jpg", "https://cdn/1.jpg"), (small.Image, large.Image));
        Assert.Equal((true, true), (small.InStock(), large.InStock()));
    }

    [Theory]
    [InlineData("""{"id":1,"sku":"a","inventory_quantity":0,"inventory_policy":"deny"}""", false)]
    [InlineData("""{"id":1,"sku":"a","inventory_quantity":0,"inventory_policy":"deny","inventory_management":"shopify"}""", false)]
    [InlineData("""{"id":1,"sku":"a","inventory_quantity":0,"inventory_policy":"deny","inventory_management":null}""", true)]
    [InlineData("""{"id":1,"sku":"a"}""", true)]
    public void Map_NoneLeft_IsOutOfStockOnlyWhereStockIsTracked(string variant, bool inStock) =>
        Assert.Equal(inStock, Map($$"""{"id":7,"variants":[{{variant}}]}""").Items[0].InStock());

    [Theory]
    [InlineData("Gift Card", true)]
    [InlineData("gift cards", true)]
    [InlineData("GiftCard", true)]
    [InlineData("Gifts", false)]
    public void Map_TypeOfAGiftCard_IsOne(string type, bool isOne) =>
        Assert.Equal(isOne, Map($$"""{"id":7,"product_type":"{{type}}","variants":[{"id":1}]}""").Items[0].GiftCard);

    [Theory]
    [InlineData("active", "null", false)]
    [InlineData("active", "\"2026-01-01T00:00:00Z\"", true)]
    public void Map_NotPublished_IsNotShown(string status, string published, bool shown) =>
        Assert.Equal(shown, Map($$"""{"id":7,"status":"{{status}}","published_at":{{published}},"variants":[{"id":1}]}""").Items[0].Published);

    [Theory]
    [InlineData(99, 0, true)]
    [InlineData(100, 0, false)]
    [InlineData(100, 100, true)]
    [InlineData(100, 250, false)]
    [InlineData(0, 0, false)]
    public void Map_VariantsCutShort_IsNotWhole(int variants, int named, bool whole)
    {
        var (list, gids) = (string.Join(',', Enumerable.Range(1, variants).Select(id => $$"""{"id":{{id}}}""")), string.Join(',', Enumerable.Repeat("{}", named)));

        Assert.Equal(whole, Map($$"""{"id":7,"variants":[{{list}}],"variant_gids":{{(named == 0 ? "null" : $"[{gids}]")}}}""").IsWhole);
    }

    [Fact]
    public void MapDeleted_NothingIsLeft()
    {
        var listing = ShopifyProductMapper.MapDeleted("""{"id":788032119674292922}"""u8, Sent);

        Assert.Equal(("788032119674292922", Sent, true), (listing.Id, listing.At, listing.IsWhole));
        Assert.Empty(listing.Items);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"id":"x"}""")]
    [InlineData("""{"id":1,"variants":[{"id":"x"}]}""")]
    public void Map_NoProduct_IsAJsonException(string body) => Assert.Throws<JsonException>(() => Map(body));

    [Theory]
    [InlineData("webhooks/products_create.json")]
    [InlineData("webhooks/products_update.json")]
    [InlineData("raw/products_update.body")]
    public void Map_RealSample_HasItsTwoVariants(string file)
    {
        var path = SharedMaterial.Find("integrations/samples/shopify/" + file);
        Assert.SkipWhen(path is null, SharedMaterial.Missing);

        var listing = ShopifyProductMapper.Map(File.ReadAllBytes(path), Sent);

        Assert.Equal(["variant:642667041472713922", "variant:757650484644203962"], listing.Items.Select(item => item.Sku.Value));
        Assert.Equal(["Example T-Shirt - Small", "Example T-Shirt - Medium"], listing.Items.Select(item => item.FullTitle()));
        Assert.Equal([75L, 50L], listing.Items.Select(item => item.Stock!.Value));
        Assert.All(listing.Items, item => Assert.Equal((19.99m, "Shirts", true), (item.Price!.Value.Amount, item.Type, item.Published)));
    }

    private static ProductListing Map(string body) => ShopifyProductMapper.Map(Encoding.UTF8.GetBytes(body), Sent);
}
