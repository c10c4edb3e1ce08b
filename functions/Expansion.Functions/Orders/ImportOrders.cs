using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;

namespace Expansion.Functions.Orders;

/// <summary>
/// Imports a file of orders: read and check its lines, keep them by month in temporary files, fold month by month into the basket segments, then note what it
/// told of the products. Can be repeated, also after a crash half-way.
/// </summary>
public sealed class ImportOrders(IOrderFiles files, IShopStore shops, IBasketSegments segments, MonthFold fold, IProductStore products, TimeProvider clock)
{
    private const int LinesPerReport = 4096;

    /// <summary>About what reading costs of the whole, for a steady bar.</summary>
    private const double ReadingShare = 0.5;

    public async Task<ImportReport> RunAsync(
        ShopId shop, Stream file, string? format, IImportRejects rejects, Func<ImportProgress, Task> progress, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var settings = (await shops.EnsureAsync(shop, cancellationToken)).Settings;
        using var work = new ImportWork(shop, rejects, progress);
        if (await ReadAsync(file, format, settings, work, cancellationToken) is { } refusal)
        {
            return work.Report(0, clock.GetElapsedTime(started)) with { Refusal = refusal };
        }

        var saving = SaveProductsAsync(work, cancellationToken);
        await Task.WhenAll(FoldAsync(work, cancellationToken), saving);
        await work.TellAsync(1);
        return work.Report(await saving, clock.GetElapsedTime(started));
    }

    private async Task<string?> ReadAsync(Stream file, string? format, ShopSettings settings, ImportWork work, CancellationToken cancellationToken)
    {
        try
        {
            using var orders = files.Open(file, format, settings, clock.GetUtcNow());
            foreach (var line in orders.Lines(work))
            {
                work.Spill.Add(line);
                work.Catalog.Add(line);
                if (orders.Read - work.Lines >= LinesPerReport)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    work.Lines = orders.Read;
                    await work.TellAsync(ReadingShare * (file.CanSeek && file.Length > 0 ? (double)file.Position / file.Length : 0));
                }
            }

            work.Lines = orders.Read;
            return orders.Refusal;
        }
        catch (InvalidDataException damaged)
        {
            return $"The file is damaged ({damaged.Message}); nothing was imported. Make it anew, or send it again.";
        }
    }

    /// <summary>The file's orders that some other month's segment has, because their date was corrected since.</summary>
    private async Task<ILookup<OrderId, Order>> FindElsewhereAsync(ImportWork work, CancellationToken cancellationToken)
    {
        var found = new List<Order>();
        foreach (var segment in await segments.ListAsync(work.Shop, cancellationToken))
        {
            foreach (var order in (await segments.ReadAsync(work.Shop, segment.Month, cancellationToken)).Orders)
            {
                if (work.Spill.MonthOf(order.Id) is { } month && month != segment.Month)
                {
                    found.Add(order with { Lines = [] });
                }
            }
        }

        return found.ToLookup(order => order.Id);
    }

    private async Task FoldAsync(ImportWork work, CancellationToken cancellationToken)
    {
        var elsewhere = await FindElsewhereAsync(work, cancellationToken);
        var moved = new Dictionary<YearMonth, List<Order>>();
        var folding = Task.CompletedTask;
        // One month is taken while the one before it is written.
        while (work.Spill.TakeLatest() is { } next)
        {
            var incoming = new List<Order>(next.Orders.Count);
            foreach (var order in next.Orders)
            {
                var others = elsewhere[order.Id].Where(other => other.Month != next.Month).ToList();
                if (others.TrueForAll(other => MonthMerge.Replaces(order, other)))
                {
                    incoming.Add(order);
                    others.ForEach(other => Moved(other.Month).Add(order with { Lines = [] }));
                }
            }

            work.Count(next.Orders);
            if (next.Orders.Count > 0)
            {
                work.Months.Add(next.Month);
                await folding;
                folding = FoldAsync(next.Month, incoming);
            }

            await work.TellAsync(ReadingShare + ((1 - ReadingShare) * work.Months.Count / (work.Months.Count + work.Spill.Months)));
        }

        await folding;

        // Only now: a crash before leaves an order in two months, of which readers take the newer, and never in none.
        foreach (var (month, orders) in moved)
        {
            await FoldAsync(month, orders);
        }

        List<Order> Moved(YearMonth month)
        {
            if (!moved.TryGetValue(month, out var orders))
            {
                moved[month] = orders = [];
            }

            return orders;
        }

        async Task FoldAsync(YearMonth month, IReadOnlyList<Order> orders)
        {
            if (await fold.FoldAsync(work.Shop, month, orders, cancellationToken))
            {
                work.MonthsWritten.Add(month);
            }
        }
    }

    private async Task<int> SaveProductsAsync(ImportWork work, CancellationToken cancellationToken)
    {
        await foreach (var known in products.ListAsync(work.Shop, cancellationToken))
        {
            work.Catalog.Forget(known);
        }

        var news = work.Catalog.News;
        if (news.Count > 0)
        {
            await products.SaveAsync(work.Shop, news, cancellationToken);
        }

        return news.Count;
    }
}
