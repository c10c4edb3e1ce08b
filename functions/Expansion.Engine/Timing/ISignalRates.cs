namespace Expansion.Engine.Timing;

/// <summary>How many signals each customer has sent this hour.</summary>
public interface ISignalRates
{
    public const int MostAnHour = 1000;

    /// <returns>False when the customer would be over <see cref="MostAnHour"/>: none of them is counted then.</returns>
    Task<bool> TryTakeAsync(ShopId shop, CustomerId customer, int signals, DateTimeOffset now, CancellationToken cancellationToken);
}
