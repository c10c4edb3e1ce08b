using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Storage.Tables;
using Expansion.Testing;
using static Expansion.Storage.Tests.Given;

namespace Expansion.Storage.Tests.Tables;

[Trait("Category", "Azurite")]
public sealed class DeliveryTableTests(AzuriteFixture azurite)
{
    private static readonly DateOnly _day = new(2024, 3, 5);

    private readonly DeliveryTable _deliveries = new(new TableServiceClient(azurite.NewAccount()));

    [Fact]
    public async Task IsKnownAsync_RecordedTwice_IsKnownToItsShopAndDayOnly()
    {
        Assert.False(await _deliveries.IsKnownAsync(Shop, _day, "b54557e4/#1", default));

        await _deliveries.RecordAsync(Shop, _day, "b54557e4/#1", default);
        await _deliveries.RecordAsync(Shop, _day, "b54557e4/#1", default);

        Assert.True(await _deliveries.IsKnownAsync(Shop, _day, "b54557e4/#1", default));
        Assert.False(await _deliveries.IsKnownAsync(Shop, _day.AddDays(1), "b54557e4/#1", default));
        Assert.False(await _deliveries.IsKnownAsync(ShopId.From("tea.example"), _day, "b54557e4/#1", default));
    }
}
