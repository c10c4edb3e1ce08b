using Expansion.Engine;
using Expansion.Engine.Compliance;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Expansion.Functions.Compliance;

public sealed partial class EraseCustomer(IInbox inbox, CustomerErasure erasure, ILogger<EraseCustomer> logger)
{
    [Function(nameof(EraseCustomer))]
    public async Task Run([QueueTrigger(CustomerErasureRequested.Queue)] CustomerErasureRequested message, CancellationToken cancellationToken)
    {
        if (await inbox.OpenAsync(message, cancellationToken) is not { } request)
        {
            return;
        }

        await erasure.RunAsync(request.Shop, request.Person, cancellationToken);
        await inbox.DoneAsync(message, cancellationToken);
        LogErased(request.Shop);
    }

    [LoggerMessage(LogLevel.Information, "A customer of {Shop} was erased; the receipt is at /api/compliance/receipts.")]
    private partial void LogErased(ShopId shop);
}
