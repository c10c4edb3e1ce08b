using Expansion.Engine.Orders;
using Expansion.Engine.Timing.Signals;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Timing;

/// <summary>Sends on a month's imported orders as signals, so that who bought before an import is known as a customer after it. A purchase that was told already changes nothing.</summary>
public sealed class TellPurchases(IBasketSegments segments, SignalInbox inbox)
{
    [Function(nameof(TellPurchases))]
    public async Task Run([QueueTrigger(PurchasesImported.Queue)] PurchasesImported message, CancellationToken cancellationToken)
    {
        var segment = await segments.ReadAsync(message.Shop, message.Month, cancellationToken);
        await inbox.SendAsync(message.Shop, segment.Orders.Select(Purchases.Of).OfType<OrderPlaced>(), cancellationToken);
    }
}
