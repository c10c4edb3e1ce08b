using Expansion.Engine.Compliance;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Expansion.Functions.Compliance;

/// <summary>Erases all that is kept of a shop. Twice, because what was being worked on meanwhile may have written some of it again.</summary>
public sealed partial class EraseShop(IShopRecords records, IComplianceFiles files, TimeProvider time, ILogger<EraseShop> logger)
{
    [Function(nameof(EraseShop))]
    public async Task Run([QueueTrigger(ShopErasureRequested.Queue)] ShopErasureRequested message, CancellationToken cancellationToken)
    {
        var first = await records.EraseAsync(message.Shop, cancellationToken);
        var second = await records.EraseAsync(message.Shop, cancellationToken);
        var both = first.Concat(second).GroupBy(count => count.Key).ToDictionary(counts => counts.Key, counts => counts.Sum(count => count.Value));
        await files.SaveAsync(message.Shop, new(ComplianceTask.ShopErasure, ComplianceReceipt.Hash(message.Shop.Value), time.GetUtcNow(), both), cancellationToken);
        LogErased(both.Values.Sum());
    }

    [LoggerMessage(LogLevel.Information, "A shop was erased: {Records} rows, blobs and messages.")]
    private partial void LogErased(int records);
}
