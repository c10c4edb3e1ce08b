using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Shops;
using Expansion.Storage.Tables;
using Expansion.Testing;

namespace Expansion.Storage.Tests.Tables;

[Trait("Category", "Azurite")]
public sealed class RowSchemaTests(AzuriteFixture azurite)
{
    private static readonly ShopId Shop = ShopId.From("coffee.example");

    private readonly TableServiceClient _service = new(azurite.NewAccount());

    /// <summary>A row as the first version wrote it, without a number; and as a later one may write it, with a property and a column that nobody knows here.</summary>
    [Theory]
    [InlineData("""{"min_support":0.02,"time_zone":"Europe/Berlin"}""")]
    [InlineData("""{"min_support":0.02,"time_zone":"Europe/Berlin","mood":{"of":["later"]}}""", "Mood")]
    public async Task Find_RowOfAnotherVersion_IsReadByWhatIsKnownOfIt(string settings, string? column = null)
    {
        await AddAsync(column, settings);

        var shop = await new ShopTable(_service).FindAsync(Shop, default);

        Assert.Equal((0.02, "Europe/Berlin"), (shop!.Settings.MinSupport, shop.Settings.TimeZone));
        Assert.Equal(new ShopSettings().MinLift, shop.Settings.MinLift);
    }

    [Fact]
    public async Task Save_OfARowWithoutANumber_GivesItOne()
    {
        await AddAsync(null, "{}");
        var shops = new ShopTable(_service);

        Assert.NotNull(await shops.SaveAsync((await shops.FindAsync(Shop, default))!, default));

        Assert.Equal(RowSchema.First, (await RowAsync()).GetInt32(RowSchema.Column));
    }

    [Fact]
    public async Task Find_RowOfANewerSchema_IsRefusedAndStaysAsItIs()
    {
        await AddAsync("Mood", """{"min_support":"other words"}""", schema: RowSchema.First + 1);
        var (shops, before) = (new ShopTable(_service), await RowAsync());

        var found = await Assert.ThrowsAsync<InvalidOperationException>(() => shops.FindAsync(Shop, default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => shops.EnsureAsync(Shop, default));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await shops.ListAsync(default).ToListAsync());

        Assert.Equal("Row shop/coffee.example of Shops has schema 2, this version knows up to 1: finish the upgrade, or go back to the version that wrote it.", found.Message);
        Assert.Equal(before, await RowAsync());
    }

    [Fact]
    public async Task Write_RowThatHasANewerNumber_KeepsIt()
    {
        var row = new TableEntity("shop", "coffee.example") { [RowSchema.Column] = RowSchema.First + 1 };

        await new LazyTable(_service, "Shops").ReplaceAsync(row, default);

        Assert.Equal(RowSchema.First + 1, (await RowAsync()).GetInt32(RowSchema.Column));
    }

    private async Task AddAsync(string? column, string settings, int? schema = null)
    {
        var row = new TableEntity("shop", "coffee.example") { ["Shop"] = "coffee.example", ["Settings"] = settings };
        if (column is not null)
        {
            row[column] = "of a later version";
        }

        if (schema is { } number)
        {
            row[RowSchema.Column] = number;
        }

        await _service.CreateTableIfNotExistsAsync("Shops");
        await _service.GetTableClient("Shops").AddEntityAsync(row);
    }

    private async Task<TableEntity> RowAsync() => await _service.GetTableClient("Shops").GetEntityAsync<TableEntity>("shop", "coffee.example");
}
