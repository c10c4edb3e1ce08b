using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Metrics.Recurring;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop and one of 64 buckets, so that partitions stay small. RowKey: subscription. Serves "what has it brought since when", and all of a shop by its prefix.</summary>
internal sealed class RecurringRevenueTable(TableServiceClient tables) : IRecurringRevenueStore
{
    private const int Buckets = 64;

    private readonly LazyTable _table = new(tables, "RecurringRevenue");

    public async Task AddAsync(ShopId shop, string subscription, CustomerId customer, RevenueLevel level, CancellationToken cancellationToken)
    {
        var (partition, key) = (Partition(shop, subscription), TableKey.From(subscription));
        var saved = false;
        while (!saved)
        {
            var known = await _table.FindAsync(partition, key, cancellationToken);
            var row = new TableEntity(partition, key).With((known?.Json<SubscriptionRevenue>() ?? new(subscription, customer)).With(level));
            saved = known is null ? await _table.TryAddAsync(row, cancellationToken) : await _table.TryReplaceAsync(row, known.ETag, cancellationToken);
        }
    }

    public IAsyncEnumerable<SubscriptionRevenue> ReadAsync(ShopId shop, CancellationToken cancellationToken) =>
        _table.QueryPartitionsAsync($"{TableKey.From(shop.Value)}|", cancellationToken).Select(row => row.Json<SubscriptionRevenue>());

    private static string Partition(ShopId shop, string subscription) =>
        TableKey.From(shop.Value, (SHA256.HashData(Encoding.UTF8.GetBytes(subscription))[0] % Buckets).ToString("D2", CultureInfo.InvariantCulture));
}
