namespace Expansion.Engine.Orders;

/// <summary>Deliveries that were handed over, so that a repeated one is answered at once. Kept by day, to be swept by day.</summary>
public interface IDeliveryStore
{
    Task<bool> IsKnownAsync(ShopId shop, DateOnly day, string deliveryId, CancellationToken cancellationToken);

    /// <summary>Call after the hand-over: a crash in between costs a second, harmless run, never an order.</summary>
    Task RecordAsync(ShopId shop, DateOnly day, string deliveryId, CancellationToken cancellationToken);
}
