using Expansion.Engine.Recommendations.Catalogue;

namespace Expansion.Engine.Tests.Recommendations.Catalogue;

public sealed class CatalogueEntryTests
{
    private static readonly Sku Mug = new("mug");
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void With_OlderWordOfTheSameSource_ChangesNothing()
    {
        var known = CatalogueEntry.Of(Told(CatalogueSource.Shopify, 10, new(Mug) { Stock = 0 }));

        Assert.Same(known, known.With(Told(CatalogueSource.Shopify, 9, new(Mug) { Stock = 5 })));
        Assert.Equal(5, known.With(Told(CatalogueSource.Shopify, 11, new(Mug) { Stock = 5 })).Item.Stock);
    }

    [Fact]
    public void With_OtherSource_LeavesWhatItDoesNotTell()
    {
        var entry = CatalogueEntry.Of(Told(CatalogueSource.Shopify, 10, new(Mug) { Title = "Mug", Price = new(9, "EUR") }))
            .With(Told(CatalogueSource.Api, 1, new(Mug) { Cost = new(4, "EUR"), Durable = true }));

        Assert.Equal(("Mug", new Money(9, "EUR"), new Money(4, "EUR"), true), (entry.Item.Title, entry.Item.Price, entry.Item.Cost, entry.Item.Durable));
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(3L, null, true)]
    [InlineData(0L, null, false)]
    [InlineData(-2L, false, false)]
    [InlineData(0L, true, true)]
    public void InStock_OnlyWhereNoneIsLeftAndNoneIsSold_IsFalse(long? stock, bool? sellsWithoutStock, bool expected) =>
        Assert.Equal(expected, new CatalogueItem(Mug) { Stock = stock, SellsWithoutStock = sellsWithoutStock }.InStock());

    [Fact]
    public void FullTitle_OnlyVariant_IsTheTitle()
    {
        Assert.Equal("Mug", new CatalogueItem(Mug) { Title = "Mug", Options = [new("Title", ItemOption.None)] }.FullTitle());
        Assert.Equal("Mug - Black / L", new CatalogueItem(Mug) { Title = "Mug", Options = [new("Color", "Black"), new("Size", "L")] }.FullTitle());
    }

    [Fact]
    public void Told_VariantNoLongerListed_IsGoneUnlessTheListIsCutShort()
    {
        var listing = new ProductListing("1", CatalogueSource.Shopify, Noon, [new(Mug)]);

        Assert.Equal([(Mug, null), (new Sku("cup"), ItemStatus.Deleted)], listing.Told([new("cup"), Mug]).Select(told => (told.Item.Sku, told.Item.Status)));
        Assert.Equal([Mug], (listing with { IsWhole = false }).Told([new("cup"), Mug]).Select(told => told.Item.Sku));
    }

    [Fact]
    public void ShopCatalogue_Take_KeepsWhatWasHeardSince()
    {
        // What another source said later doesn't make the stored word the newer one.
        var stored = CatalogueEntry.Of(Told(CatalogueSource.Shopify, 1, new(Mug) { ProductId = "7", Stock = 5 })).With(Told(CatalogueSource.Api, 60, new(Mug) { Durable = true }));
        var catalogue = new ShopCatalogue([stored]);

        catalogue.Tell(new ProductListing("7", CatalogueSource.Shopify, Noon.AddMinutes(2), [new(Mug) { ProductId = "7", Stock = 0 }]));
        catalogue.Take(stored);

        Assert.Equal(0, catalogue.Find(Mug)!.Stock);
        Assert.Equal([Mug], catalogue.OfFamily("7"));
    }

    [Fact]
    public void ShopCatalogue_ProductDeleted_AllItsVariantsAre()
    {
        var catalogue = new ShopCatalogue([CatalogueEntry.Of(Told(CatalogueSource.Shopify, 1, new(Mug) { ProductId = "7" }))]);

        catalogue.Tell(new ProductListing("7", CatalogueSource.Shopify, Noon.AddMinutes(2), []));

        Assert.Equal(ItemStatus.Deleted, catalogue.Find(Mug)!.Status);
    }

    private static ToldItem Told(CatalogueSource source, int minute, CatalogueItem item) => new(item, source, Noon.AddMinutes(minute));
}
