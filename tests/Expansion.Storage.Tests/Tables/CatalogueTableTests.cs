using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Storage.Tables;
using Expansion.Testing;
using Microsoft.Extensions.Time.Testing;
using static Expansion.Storage.Tests.Given;

namespace Expansion.Storage.Tests.Tables;

[Trait("Category", "Azurite")]
public sealed class CatalogueTableTests(AzuriteFixture azurite)
{
    private static readonly Sku Mug = new("mug/large #1");

    private readonly FakeTimeProvider _time = new(Noon);
    private readonly TableServiceClient _tables = new(azurite.NewAccount());

    private CatalogueTable Catalogue => field ??= new(_tables, _time);

    [Fact]
    public async Task SaveAsync_Twice_TellsWhatWasThereBefore()
    {
        Assert.Null(Assert.Single(await Catalogue.SaveAsync(Shop, [Told(0, new(Mug) { Stock = 3, Tags = ["a"] })], default)).Before);

        var change = Assert.Single(await Catalogue.SaveAsync(Shop, [Told(1, new(Mug) { Stock = 2 })], default));

        Assert.Equal((3L, 2L), (change.Before!.Item.Stock, change.After.Item.Stock));
        Assert.Equal(["a"], Assert.Single(await Catalogue.FindAsync(Shop, [Mug, new("nobody")], default)).Item.Tags);
    }

    [Fact]
    public async Task SaveAsync_OlderWord_ChangesNothingAndIsNoChange()
    {
        await Catalogue.SaveAsync(Shop, [Told(5, new(Mug) { Stock = 0 })], default);

        Assert.Empty(await Catalogue.SaveAsync(Shop, [Told(4, new(Mug) { Stock = 9 })], default));

        Assert.Equal(0, Assert.Single(await Catalogue.FindAsync(Shop, [Mug], default)).Item.Stock);
    }

    [Fact]
    public async Task SaveAsync_EightWritersOfOneProduct_LoseNothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => new CatalogueTable(_tables, _time).SaveAsync(
            Shop, [Told(writer, new(Mug) { Stock = writer }), new(new(Mug) { Cost = new(writer, "EUR") }, CatalogueSource.Api, Noon.AddMinutes(writer))], default)));

        var item = Assert.Single(await Catalogue.FindAsync(Shop, [Mug], default)).Item;
        Assert.Equal((7L, new Money(7, "EUR")), (item.Stock, item.Cost));
    }

    [Fact]
    public async Task SaveAsync_MoreThanPointReadsAreMadeFor_AllComeBack()
    {
        var told = Enumerable.Range(0, 1500).Select(number => Told(0, new(new($"sku {number}")) { Stock = number })).ToList();

        Assert.Equal(1500, (await Catalogue.SaveAsync(Shop, told, default)).Count);
        Assert.Equal(1500, (await Catalogue.SaveAsync(Shop, [.. told.Select(item => item with { At = item.At.AddDays(1) })], default)).Count);

        var listed = await Catalogue.ListAsync(Shop, default).OrderBy(entry => entry.Item.Stock).Select(entry => entry.Item).ToListAsync();
        Assert.Equal(told.Select(item => (item.Item.Sku, item.Item.Stock)), listed.Select(item => (item.Sku, item.Stock)));
        Assert.Equal(1500, (await Catalogue.FindAsync(Shop, [.. told.Select(item => item.Item.Sku)], default)).Count);
        Assert.Empty(await Catalogue.ListAsync(ShopId.From("tea.example"), default).ToListAsync());
    }

    [Fact]
    public async Task SaveAsync_ProductWithAVariantLess_TheVariantIsGone()
    {
        await Catalogue.SaveAsync(Shop, Product(1, "small", "large"), default);
        await Catalogue.SaveAsync(Shop, Product(3, "large"), default);
        await Catalogue.SaveAsync(Shop, Product(2, "small", "large", "huge"), default);

        Assert.Equal(ItemStatus.Deleted, await StatusAsync("small"));
        Assert.Null(await StatusAsync("large"));

        await Catalogue.SaveAsync(Shop, Product(4), default);

        Assert.Equal(ItemStatus.Deleted, await StatusAsync("large"));
    }

    [Fact]
    public async Task Orders_TellOnlyWhatTheCatalogueDoesNot()
    {
        IProductStore products = Catalogue;
        await products.SaveAsync(Shop, [new(Mug, "Mug - L", new(8, "EUR")), new(new("tea"), "Tea", null)], default);
        await Catalogue.SaveAsync(Shop, [Told(0, new(Mug) { Title = "Mug", Options = [new("Size", "Large")] })], default);
        await products.SaveAsync(Shop, [new(Mug, "Mug of last year", new(9, "EUR"))], default);

        var found = await products.FindAsync(Shop, [Mug, new("tea")], default);

        Assert.Equal((new Product(Mug, "Mug - Large", new(9, "EUR")), new Product(new("tea"), "Tea", null)), (found[Mug], found[new("tea")]));
    }

    [Fact]
    public async Task ChangesAsync_FromAMoment_TellsWhatWasSavedSinceOverTheHour()
    {
        await Catalogue.SaveAsync(Shop, [Told(0, new(new("before")))], default);
        _time.Advance(TimeSpan.FromMinutes(59.5));
        var from = _time.GetUtcNow();
        await Catalogue.SaveAsync(Shop, [Told(0, new(new("then")))], default);
        _time.Advance(TimeSpan.FromMinutes(1));
        await Catalogue.SaveAsync(Shop, [Told(0, new(new("later")))], default);

        Assert.Equal(["then", "later"], await ChangedAsync(from));

        await Catalogue.SweepChangesAsync(Shop, _time.GetUtcNow(), default);
        Assert.Equal(["later"], await ChangedAsync(Noon));
    }

    private async Task<IEnumerable<string>> ChangedAsync(DateTimeOffset from) => (await Catalogue.ChangesAsync(Shop, from, default)).SelectMany(notice => notice.Skus).Select(sku => sku.Value);

    private async Task<ItemStatus?> StatusAsync(string sku) => Assert.Single(await Catalogue.FindAsync(Shop, [new(sku)], default)).Item.Status;

    private static ToldItem Told(int minute, CatalogueItem item) => new(item, CatalogueSource.Shopify, Noon.AddMinutes(minute));

    private static ProductListing Product(int minute, params string[] skus) => new("7", CatalogueSource.Shopify, Noon.AddMinutes(minute), [.. skus.Select(sku => new CatalogueItem(new(sku)))]);
}
