using Expansion.Connectors.Shopify.Admin;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;

namespace Expansion.Functions.Shopify;

/// <summary>
/// One step of a backfill, which can be taken twice: a second export changes nothing, a file replaces itself, an import leaves what is there as it is.
/// <code>
/// waiting ─► ask the shop for an export ─► exporting ─► fetch its file ─► importing ─► done ─► waiting for the next piece
/// </code>
/// </summary>
public sealed class BackfillStep(BulkOrders bulk, ShopifyAdmin admin, IImportFiles files, IImportStore imports, IMessageQueue queue, TimeProvider time)
{
    private const string Format = "shopify-bulk";

    internal async Task<Backfill> TakeAsync(ShopId shop, Backfill backfill, CancellationToken cancellationToken)
    {
        try
        {
            return backfill.State switch
            {
                BackfillState.Waiting => backfill.Exporting(await bulk.StartAsync(shop, backfill.Cursor, backfill.PieceEnd, cancellationToken), time.GetUtcNow()),
                BackfillState.Exporting => await FetchAsync(shop, backfill, cancellationToken),
                BackfillState.Importing => await LookAsync(shop, backfill, cancellationToken),
                _ => backfill,
            };
        }
        catch (ShopifyUnavailableException exception)
        {
            return backfill.Later(exception.Message, exception.RetryAfter, time.GetUtcNow());
        }
        catch (ShopifyRefusedException exception)
        {
            return backfill.Fail(exception.Message);
        }
    }

    private async Task<Backfill> FetchAsync(ShopId shop, Backfill backfill, CancellationToken cancellationToken)
    {
        var operation = await bulk.FindAsync(shop, backfill.Operation!, cancellationToken);
        switch (operation)
        {
            case { State: BulkState.Running }:
                return backfill.Look(time.GetUtcNow());
            case { State: BulkState.Lost }:
                return backfill.Again(operation.Ending, time.GetUtcNow());
            case { Url: null }:
                return backfill.PieceDone(0, time.GetUtcNow());
        }

        var import = $"backfill-{backfill.Cursor.UtcDateTime:yyyyMMddHHmmss}";
        await using (var download = await admin.DownloadAsync(operation.Url, cancellationToken))
        {
            await files.UploadAsync(shop, import, download, cancellationToken);
        }

        if (operation.Bytes is { } expected && await LengthAsync(shop, import, cancellationToken) is var got && got != expected)
        {
            return backfill.Later($"The file of the export ended after {got} of {expected} bytes.", null, time.GetUtcNow());
        }

        await imports.SaveAsync(shop, new(import, ImportState.Queued, time.GetUtcNow(), 0, 0, 0), cancellationToken);
        await queue.SendAsync(ImportRequested.Queue, new ImportRequested(shop, import, Format), cancellationToken);
        return backfill.Importing(import, time.GetUtcNow());
    }

    private async Task<Backfill> LookAsync(ShopId shop, Backfill backfill, CancellationToken cancellationToken) => await imports.FindAsync(shop, backfill.Import!, cancellationToken) switch
    {
        { State: ImportState.Done, Report: var report } => backfill.PieceDone(report?.Orders ?? 0, time.GetUtcNow()),
        { State: ImportState.Failed, Error: var error } when backfill.Failures >= Backfill.MostLooks => backfill.Fail($"A piece could not be imported: {error}"),
        _ => backfill.Look(time.GetUtcNow()),
    };

    private async Task<long> LengthAsync(ShopId shop, string import, CancellationToken cancellationToken)
    {
        await using var upload = await files.OpenUploadAsync(shop, import, cancellationToken);
        return upload?.Length ?? 0;
    }
}
