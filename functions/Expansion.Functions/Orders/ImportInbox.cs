using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Functions.Orders;

/// <summary>Keeps a file of orders and leaves the work to <see cref="RunImport"/>.</summary>
public sealed class ImportInbox(IImportStore imports, IImportFiles files, IMessageQueue queue, TimeProvider clock)
{
    /// <param name="format">Null to tell it by the header.</param>
    public async Task<ImportStatus> TakeAsync(ShopId shop, string? format, Stream file, CancellationToken cancellationToken)
    {
        var status = new ImportStatus(Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"), ImportState.Queued, clock.GetUtcNow(), 0, 0, 0);
        await files.UploadAsync(shop, status.Id, file, cancellationToken);
        await imports.SaveAsync(shop, status, cancellationToken);
        await queue.SendAsync(ImportRequested.Queue, new ImportRequested(shop, status.Id, format), cancellationToken);
        return status;
    }
}
