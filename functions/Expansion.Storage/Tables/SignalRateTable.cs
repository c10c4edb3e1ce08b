using System.Collections.Concurrent;
using System.Globalization;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Timing;

namespace Expansion.Storage.Tables;

/// <summary>
/// PartitionKey: that of the customer's row in <see cref="CustomerTable"/>. RowKey: customer. Serves "how many signals has this customer sent this hour"; the row of an hour replaces that of the one
/// before. Rows from before there were parts lie under the shop alone, and are not read: what was counted there is over with its hour.
/// </summary>
internal sealed class SignalRateTable(TableServiceClient tables) : ISignalRates
{
    /// <summary>With each, somebody else was counted: as many as may tell of one customer at once.</summary>
    private const int Attempts = 100;

    /// <summary>Some megabytes. All are forgotten when there are more: they are read again then.</summary>
    private const int MostRemembered = 10_000;

    private readonly LazyTable _table = new(tables, "SignalRates");
    private readonly ConcurrentDictionary<(ShopId Shop, CustomerId Customer), TableEntity> _written = new();

    public async Task<bool> TryTakeAsync(ShopId shop, CustomerId customer, int signals, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (partition, row) = (CustomerTable.Partition(shop, customer), TableKey.From(customer.Value));
        var hour = now.UtcDateTime.ToString("yyyy-MM-ddTHH", CultureInfo.InvariantCulture);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // What this host wrote last is mostly what is there, and its version tells when it isn't: that saves reading it.
            var known = attempt == 0 && _written.TryGetValue((shop, customer), out var written) ? written : await _table.FindAsync(partition, row, cancellationToken);
            var count = signals + (known?.GetString("Hour") == hour ? known.GetInt32("Count") ?? 0 : 0);
            if (count > ISignalRates.MostAnHour)
            {
                return false;
            }

            var counted = new TableEntity(partition, row) { ["Hour"] = hour, ["Count"] = count };
            if (known is null ? await _table.TryAddAsync(counted, cancellationToken) : await _table.TryReplaceAsync(counted, known.ETag, cancellationToken))
            {
                Remember((shop, customer), counted);
                return true;
            }
        }

        throw new InvalidOperationException($"The signals of {customer} of {shop} could not be counted: {Attempts} others came in between.");
    }

    private void Remember((ShopId Shop, CustomerId Customer) whose, TableEntity counted)
    {
        if (_written.Count >= MostRemembered)
        {
            _written.Clear();
        }

        _written[whose] = counted;
    }
}
