using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Recommendations;

namespace Expansion.Storage.Tables;

/// <summary>
/// PartitionKey: shop and customer. RowKey: the decision's id, which puts newer ones first. Serves "why did, or didn't, this customer get an offer".
/// Beside them, by shop, day and one of sixteen shares, a line of each decision: whose it is, and what people look through; and by shop the days that have any.
/// </summary>
internal sealed class OfferTable(TableServiceClient tables) : IOfferLedger
{
    private const string Shares = "0123456789abcdef";
    private const int LinesPerRead = 20;
    private const int DaysPerRead = 100;

    private readonly LazyTable _table = new(tables, "Offers");

    /// <summary>Days that are known to be listed: one write a day, shop and process.</summary>
    private readonly ConcurrentDictionary<(ShopId Shop, DateOnly Day), bool> _listed = new();

    public async Task AddAsync(ShopId shop, IReadOnlyList<Decision> decisions, CancellationToken cancellationToken)
    {
        await Task.WhenAll(decisions.Select(decision => LedgerLine.DayOf(decision.Id)!.Value).Distinct().Select(day => ListDayAsync(shop, day, cancellationToken)));
        // The lines first: an id that was given out can be looked up once its entry is there.
        await AddAsync(decisions.Select(decision => Row(shop, LedgerLine.Of(decision))), cancellationToken);
        await AddAsync(decisions.Select(decision => new TableEntity(Of(shop, decision.Customer), decision.Id).With(decision)), cancellationToken);
    }

    public async Task<Decision?> FindAsync(ShopId shop, string id, CancellationToken cancellationToken) =>
        LedgerLine.DayOf(id) is { } day && await _table.FindAsync(Of(shop, day, id[^1]), TableKey.From(id), cancellationToken) is { } line
            ? (await _table.FindAsync(Of(shop, new CustomerId(line.GetString("Customer"))), TableKey.From(id), cancellationToken))?.Json<Decision>()
            : null;

    public IAsyncEnumerable<Decision> ListAsync(ShopId shop, CustomerId customer, CancellationToken cancellationToken) =>
        _table.QueryAsync(Of(shop, customer), cancellationToken).Select(row => row.Json<Decision>());

    public IAsyncEnumerable<DateOnly> DaysAsync(ShopId shop, DateOnly until, CancellationToken cancellationToken) =>
        _table.QueryAfterAsync(Days(shop), Backwards(until.AddDays(1)), DaysPerRead, cancellationToken)
            .Select(row => DateOnly.FromDayNumber(DateOnly.MaxValue.DayNumber - int.Parse(row.RowKey, CultureInfo.InvariantCulture)));

    /// <summary>The shares are merged as they are read: the first page costs one small read of each.</summary>
    public async IAsyncEnumerable<LedgerLine> LinesAsync(ShopId shop, DateOnly day, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var shares = Shares.Select(share => _table.QueryAfterAsync(Of(shop, day, share), after ?? "", LinesPerRead, cancellationToken).GetAsyncEnumerator(cancellationToken)).ToList();
        try
        {
            var there = await Task.WhenAll(shares.Select(share => share.MoveNextAsync().AsTask()));
            var next = new PriorityQueue<IAsyncEnumerator<TableEntity>, string>(
                shares.Where((_, index) => there[index]).Select(share => (share, share.Current.RowKey)), StringComparer.Ordinal);
            while (next.TryDequeue(out var first, out _))
            {
                yield return Line(first.Current);
                if (await first.MoveNextAsync())
                {
                    next.Enqueue(first, first.Current.RowKey);
                }
            }
        }
        finally
        {
            foreach (var share in shares)
            {
                await share.DisposeAsync();
            }
        }
    }

    public async Task<IReadOnlyDictionary<string, int>> SilencesAsync(ShopId shop, DateOnly day, CancellationToken cancellationToken)
    {
        var shares = await Task.WhenAll(Shares.Select(share => _table.QueryAsync(Of(shop, day, share), cancellationToken, nameof(LedgerLine.Silence))
            .Select(row => row.GetString(nameof(LedgerLine.Silence))).ToListAsync(cancellationToken).AsTask()));
        return shares.SelectMany(share => share).OfType<string>().CountBy(silence => silence).ToDictionary();
    }

    /// <summary>Those of a partition in one transaction; on a repeat one by one, since some may be there already.</summary>
    private Task AddAsync(IEnumerable<TableEntity> rows, CancellationToken cancellationToken) =>
        Task.WhenAll(TableBatch.Split(rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row))).Select(async batch =>
        {
            if (!await _table.TryWriteAsync(batch, cancellationToken))
            {
                await Task.WhenAll(batch.Select(action => _table.TryAddAsync((TableEntity)action.Entity, cancellationToken)));
            }
        }));

    private async Task ListDayAsync(ShopId shop, DateOnly day, CancellationToken cancellationToken)
    {
        if (!_listed.ContainsKey((shop, day)))
        {
            await _table.TryAddAsync(new TableEntity(Days(shop), Backwards(day)), cancellationToken);
            _listed[(shop, day)] = true;
        }
    }

    private static string Days(ShopId shop) => TableKey.From(shop.Value, "days");

    /// <summary>Later days come first.</summary>
    private static string Backwards(DateOnly day) => (DateOnly.MaxValue.DayNumber - day.DayNumber).ToString("D7", CultureInfo.InvariantCulture);

    private static TableEntity Row(ShopId shop, LedgerLine line) => new(Of(shop, LedgerLine.DayOf(line.Id)!.Value, line.Id[^1]), line.Id)
    {
        [nameof(line.At)] = line.At,
        [nameof(line.Customer)] = line.Customer.Value,
        [nameof(line.Touchpoint)] = ExpansionJson.Word(line.Touchpoint),
        [nameof(line.Offered)] = line.Offered,
        [nameof(line.Title)] = line.Title,
        [nameof(line.Reason)] = line.Reason,
        [nameof(line.Silence)] = line.Silence,
    };

    private static LedgerLine Line(TableEntity row) => new(
        row.RowKey,
        row.GetDateTimeOffset(nameof(LedgerLine.At))!.Value,
        new(row.GetString(nameof(LedgerLine.Customer))),
        ExpansionJson.FromWord<Touchpoint>(row.GetString(nameof(LedgerLine.Touchpoint)))!.Value,
        row.GetString(nameof(LedgerLine.Offered)),
        row.GetString(nameof(LedgerLine.Title)),
        row.GetString(nameof(LedgerLine.Reason)),
        row.GetString(nameof(LedgerLine.Silence)));

    private static string Of(ShopId shop, CustomerId customer) => TableKey.From(shop.Value, "customer", customer.Value);

    private static string Of(ShopId shop, DateOnly day, char share) => TableKey.From(shop.Value, "day", day.ToString("O", CultureInfo.InvariantCulture), share.ToString());
}
