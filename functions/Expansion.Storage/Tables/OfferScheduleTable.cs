using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Timing.Customers;

namespace Expansion.Storage.Tables;

/// <summary>
/// PartitionKey: shop, the hour of the look, and the customer's part (<see cref="CustomerParts"/>). RowKey: time and customer. Serves "who is to be looked at again by now": one range of keys, and
/// nothing else lies in it, since what was due is removed. Rows from before the hour was part of the key lie under the shop alone; they are read and removed as well.
/// </summary>
internal sealed class OfferScheduleTable(TableServiceClient tables) : IOfferSchedule
{
    private readonly LazyTable _table = new(tables, "OfferSchedule");

    public Task AddAsync(ShopId shop, IReadOnlyCollection<ScheduledLook> looks, CancellationToken cancellationToken) =>
        _table.WriteAsync(looks.Select(look => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row(shop, look))), cancellationToken);

    public IAsyncEnumerable<ScheduledLook> DueAsync(ShopId shop, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var end = Ticks(now.AddTicks(1));
        return _table.QueryBeforeAsync(Old(shop), end, cancellationToken)
            .Concat(_table.QueryBeforeAsync(TableKey.From(shop.Value, ""), TableKey.From(shop.Value, Hour(now.AddHours(1))), end, cancellationToken))
            .Select(row => new ScheduledLook(new(row.GetString("Customer")), new(row.GetInt64("Ticks")!.Value, TimeSpan.Zero)));
    }

    public Task RemoveAsync(ShopId shop, IReadOnlyCollection<ScheduledLook> looks, CancellationToken cancellationToken) => Task.WhenAll(looks.Select(async look =>
    {
        if (!await _table.TryDeleteAsync(Partition(shop, look), Key(look), ETag.All, cancellationToken))
        {
            await _table.TryDeleteAsync(Old(shop), Key(look), ETag.All, cancellationToken);
        }
    }));

    private static TableEntity Row(ShopId shop, ScheduledLook look) =>
        new(Partition(shop, look), Key(look)) { ["Customer"] = look.Customer.Value, ["Ticks"] = look.At.UtcTicks };

    private static string Partition(ShopId shop, ScheduledLook look) =>
        TableKey.From(shop.Value, Hour(look.At), CustomerParts.Of(look.Customer).ToString("x2", CultureInfo.InvariantCulture));

    private static string Old(ShopId shop) => TableKey.From(shop.Value);

    private static string Key(ScheduledLook look) => $"{Ticks(look.At)}|{TableKey.From(look.Customer.Value)}";

    private static string Hour(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);

    private static string Ticks(DateTimeOffset at) => at.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);
}
