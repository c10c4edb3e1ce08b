using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Offers;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop. RowKey: time and customer. Serves "who is to be looked at again by now".</summary>
internal sealed class OfferScheduleTable(TableServiceClient tables) : IOfferSchedule
{
    private readonly LazyTable _table = new(tables, "OfferSchedule");

    public Task AddAsync(ShopId shop, IReadOnlyCollection<ScheduledLook> looks, CancellationToken cancellationToken) =>
        _table.WriteAsync(looks.Select(look => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row(shop, look))), cancellationToken);

    public IAsyncEnumerable<ScheduledLook> DueAsync(ShopId shop, DateTimeOffset now, CancellationToken cancellationToken) =>
        _table.QueryBeforeAsync(TableKey.From(shop.Value), Ticks(now.AddTicks(1)), cancellationToken)
            .Select(row => new ScheduledLook(new(row.GetString("Customer")), new(row.GetInt64("Ticks")!.Value, TimeSpan.Zero)));

    public Task RemoveAsync(ShopId shop, IReadOnlyCollection<ScheduledLook> looks, CancellationToken cancellationToken) =>
        Task.WhenAll(looks.Select(look => _table.TryDeleteAsync(TableKey.From(shop.Value), Key(look), ETag.All, cancellationToken)));

    private static TableEntity Row(ShopId shop, ScheduledLook look) =>
        new(TableKey.From(shop.Value), Key(look)) { ["Customer"] = look.Customer.Value, ["Ticks"] = look.At.UtcTicks };

    private static string Key(ScheduledLook look) => $"{Ticks(look.At)}|{TableKey.From(look.Customer.Value)}";

    private static string Ticks(DateTimeOffset at) => at.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);
}
