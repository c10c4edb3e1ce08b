using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Shops;
using Expansion.Storage.Tables;
using Expansion.Testing;

namespace Expansion.Storage.Tests.Tables;

[Trait("Category", "Azurite")]
public sealed class ShopTableTests(AzuriteFixture azurite)
{
    private static readonly ShopId _shop = ShopId.From("coffee.myshopify.com");

    private readonly ShopTable _shops = new(new TableServiceClient(azurite.NewAccount()));

    [Fact]
    public async Task FindAsync_NeverAdded_IsNull() => Assert.Null(await _shops.FindAsync(_shop, default));

    [Fact]
    public async Task EnsureAsync_ManyAtOnce_IsOneShopWithDefaults()
    {
        var shops = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _shops.EnsureAsync(_shop, default)));

        Assert.Single(shops.Distinct());
        Assert.Equal(new ShopSettings(), shops[0].Settings);
        Assert.Equal(shops[0], Assert.Single(await _shops.ListAsync(default).ToListAsync()));
    }

    [Fact]
    public async Task SaveAsync_Settings_ComeBackUnderANewVersion()
    {
        var added = await _shops.EnsureAsync(_shop, default);

        var saved = await _shops.SaveAsync(added with { Settings = added.Settings with { MinSupport = 0.001, TimeZone = "Europe/Berlin" } }, default);

        Assert.NotEqual(added.Version, saved?.Version);
        Assert.Equal(saved, await _shops.FindAsync(_shop, default));
        Assert.Equal("Europe/Berlin", saved?.Settings.TimeZone);
    }

    [Fact]
    public async Task SaveAsync_ChangedSinceRead_IsNullAndChangesNothing()
    {
        var added = await _shops.EnsureAsync(_shop, default);
        var first = await _shops.SaveAsync(added with { Settings = added.Settings with { MinCount = 7 } }, default);

        Assert.Null(await _shops.SaveAsync(added with { Settings = added.Settings with { MinCount = 9 } }, default));
        Assert.Equal(first, await _shops.FindAsync(_shop, default));
    }
}
