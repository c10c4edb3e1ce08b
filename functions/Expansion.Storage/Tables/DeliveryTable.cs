using System.Globalization;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop and day. RowKey: the delivery's own id. Serves "have we seen this one?", and whole days can be swept.</summary>
internal sealed class DeliveryTable(TableServiceClient tables) : IDeliveryStore
{
    private readonly LazyTable _table = new(tables, "Deliveries");

    public async Task<bool> IsKnownAsync(ShopId shop, DateOnly day, string deliveryId, CancellationToken cancellationToken) =>
        await _table.FindAsync(Partition(shop, day), TableKey.From(deliveryId), cancellationToken) is not null;

    public Task RecordAsync(ShopId shop, DateOnly day, string deliveryId, CancellationToken cancellationToken) =>
        _table.ReplaceAsync(new TableEntity(Partition(shop, day), TableKey.From(deliveryId)), cancellationToken);

    private static string Partition(ShopId shop, DateOnly day) => TableKey.From(shop.Value, day.ToString("O", CultureInfo.InvariantCulture));
}
