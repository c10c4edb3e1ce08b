using System.Globalization;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Timing;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop. RowKey: customer. Serves "how many signals has this customer sent this hour"; the row of an hour replaces that of the one before.</summary>
internal sealed class SignalRateTable(TableServiceClient tables) : ISignalRates
{
    /// <summary>With each, somebody else was counted: as many as may tell of one customer at once.</summary>
    private const int Attempts = 100;

    private readonly LazyTable _table = new(tables, "SignalRates");

    public async Task<bool> TryTakeAsync(ShopId shop, CustomerId customer, int signals, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hour = now.UtcDateTime.ToString("yyyy-MM-ddTHH", CultureInfo.InvariantCulture);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var known = await _table.FindAsync(TableKey.From(shop.Value), TableKey.From(customer.Value), cancellationToken);
            var count = signals + (known?.GetString("Hour") == hour ? known.GetInt32("Count") ?? 0 : 0);
            if (count > ISignalRates.MostAnHour)
            {
                return false;
            }

            var row = new TableEntity(TableKey.From(shop.Value), TableKey.From(customer.Value)) { ["Hour"] = hour, ["Count"] = count };
            if (known is null ? await _table.TryAddAsync(row, cancellationToken) : await _table.TryReplaceAsync(row, known.ETag, cancellationToken))
            {
                return true;
            }
        }

        throw new InvalidOperationException($"The signals of {customer} of {shop} could not be counted: {Attempts} others came in between.");
    }
}
