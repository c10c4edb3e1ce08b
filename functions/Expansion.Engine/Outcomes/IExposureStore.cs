namespace Expansion.Engine.Outcomes;

/// <summary>Who saw which variation first, one row a customer: repeats change nothing, and no row is hot.</summary>
public interface IExposureStore
{
    /// <summary>Keeps the first exposure of each customer to each experiment. Can be repeated.</summary>
    Task SaveAsync(ShopId shop, IReadOnlyCollection<Exposure> exposures, CancellationToken cancellationToken);

    Task<Exposure?> FindAsync(ShopId shop, string experiment, CustomerId customer, CancellationToken cancellationToken);

    /// <summary>All of one experiment; a scan, for timers only.</summary>
    IAsyncEnumerable<Exposure> ReadAsync(ShopId shop, string experiment, CancellationToken cancellationToken);
}
