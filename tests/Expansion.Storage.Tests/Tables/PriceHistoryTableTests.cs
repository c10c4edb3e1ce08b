using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Offers.Bundles;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Honesty;
using Expansion.Storage.Tables;
using Expansion.Testing;

namespace Expansion.Storage.Tests.Tables;

[Trait("Category", "Azurite")]
public sealed class PriceHistoryTableTests(AzuriteFixture azurite)
{
    private static readonly Sku Mug = new("mug/#?");

    private readonly TableServiceClient _tables = new(azurite.NewAccount());

    [Fact]
    public async Task AddAsync_InAnyOrderAndTwice_IsOneHistoryOldestFirst()
    {
        var prices = new PriceHistoryTable(_tables);
        await prices.AddAsync(Given.Shop, [Price(5, 12), Price(1, 10), new(new("cup"), Given.Noon, new(3, "EUR"))], default);
        await prices.AddAsync(Given.Shop, [Price(1, 10), Price(3, 11), Price(5, 13)], default);

        var found = await prices.FindAsync(Given.Shop, [Mug, new("nothing")], default);

        Assert.Equal([(1, 10m), (3, 11m), (5, 13m)], Assert.Single(found).Value.Select(change => ((change.From - Given.Noon).Days, change.Price.Amount)));
        Assert.Equal(2, (await prices.ListAsync(Given.Shop, default)).Count);
        Assert.Empty(await prices.ListAsync(ShopId.From("other.example"), default));
    }

    [Fact]
    public async Task AddAsync_ManyAtOnce_LosesNothing()
    {
        var prices = new PriceHistoryTable(_tables);

        await Task.WhenAll(Enumerable.Range(1, 5).Select(day => prices.AddAsync(Given.Shop, [Price(day, day)], default)));

        Assert.Equal(5, (await prices.FindAsync(Given.Shop, [Mug], default))[Mug].Count);
    }

    [Fact]
    public async Task Documents_AreReplacedOnlyByWhoReadThem()
    {
        var documents = new PricingTable(_tables);
        Assert.Null(await documents.FindAsync<PricingSettings>(Given.Shop, "settings", default));

        var first = await documents.SaveAsync(Given.Shop, "settings", new PricingSettings { MarginFloor = 0.3m }, null, default);
        Assert.Null(await documents.SaveAsync(Given.Shop, "settings", new PricingSettings(), null, default));
        var second = await documents.SaveAsync(Given.Shop, "settings", new PricingSettings { MarginFloor = 0.4m }, first!.Version, default);

        Assert.Null(await documents.SaveAsync(Given.Shop, "settings", new PricingSettings(), first.Version, default));
        Assert.Equal(second, await documents.FindAsync<PricingSettings>(Given.Shop, "settings", default));
    }

    [Fact]
    public async Task Terms_ThatAreNull_LeaveWhatStoodThere()
    {
        IProductTermsStore terms = new CatalogueTable(_tables, TimeProvider.System);
        await terms.SaveAsync(Given.Shop, [new(Mug, new(4.125m, "KWD"), 7), new(new("cup"), null, null)], default);
        await terms.SaveAsync(Given.Shop, [new(new("cup"), new(1, "EUR"), 0), new(new("cup"), new(2, "EUR"), null)], default);

        Assert.Equal([new ProductTerms(new("cup"), new(2, "EUR"), 0), new(Mug, new(4.125m, "KWD"), 7)], await terms.ListAsync(Given.Shop, default).OrderBy(product => product.Sku).ToListAsync());
    }

    private static ProductPrice Price(int day, decimal amount) => new(Mug, Given.Noon.AddDays(day), new(amount, "EUR"));
}
