using Expansion.Engine.Timing.Customers;

namespace Expansion.Engine.Timing;

/// <summary>What is known of each customer. Who saves names the version that was read, so that of two who decide at once one has to decide again.</summary>
public interface ICustomerStore
{
    /// <summary>One for every customer that is asked for, by point reads; a new one for who isn't known.</summary>
    Task<IReadOnlyList<StoredCustomer>> FindAsync(ShopId shop, IReadOnlyCollection<CustomerId> customers, CancellationToken cancellationToken);

    /// <summary>Saves as many at once as it can.</summary>
    /// <returns>Those that were not saved, because they had changed since they were read, or were in one write with such.</returns>
    Task<IReadOnlyList<StoredCustomer>> SaveAsync(ShopId shop, IReadOnlyList<StoredCustomer> customers, CancellationToken cancellationToken);
}

/// <param name="Version">An ETag; null for a customer who isn't stored yet.</param>
public sealed record StoredCustomer(CustomerRecord Record, string? Version);
