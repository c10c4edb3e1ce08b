namespace Expansion.Engine.Offers;

/// <summary>Customers to look at again at a time. One look too many does no harm; one too few loses an offer, so a row goes only once the look is on its way.</summary>
public interface IOfferSchedule
{
    Task AddAsync(ShopId shop, IReadOnlyCollection<ScheduledLook> looks, CancellationToken cancellationToken);

    /// <summary>What is due, older hours first.</summary>
    IAsyncEnumerable<ScheduledLook> DueAsync(ShopId shop, DateTimeOffset now, CancellationToken cancellationToken);

    Task RemoveAsync(ShopId shop, IReadOnlyCollection<ScheduledLook> looks, CancellationToken cancellationToken);
}

public sealed record ScheduledLook(CustomerId Customer, DateTimeOffset At);
