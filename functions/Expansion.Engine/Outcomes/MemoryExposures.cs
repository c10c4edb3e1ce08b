using System.Collections.Concurrent;

namespace Expansion.Engine.Outcomes;

/// <summary>Exposures in memory, for simulations and measuring. Rows keyed by customer and no counter, so nothing is waited for.</summary>
public sealed class MemoryExposures : IExposureStore
{
    private readonly ConcurrentDictionary<(ShopId Shop, string Experiment, CustomerId Customer), Exposure> _rows = new();

    public long Count => _rows.Count;

    public Task SaveAsync(ShopId shop, IReadOnlyCollection<Exposure> exposures, CancellationToken cancellationToken)
    {
        foreach (var exposure in exposures)
        {
            _rows.TryAdd((shop, exposure.Experiment, exposure.Customer), exposure);
        }

        return Task.CompletedTask;
    }

    public Task<Exposure?> FindAsync(ShopId shop, string experiment, CustomerId customer, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.GetValueOrDefault((shop, experiment, customer)));

    public IAsyncEnumerable<Exposure> ReadAsync(ShopId shop, string experiment, CancellationToken cancellationToken) =>
        _rows.Where(row => row.Key.Shop == shop && row.Key.Experiment == experiment).Select(row => row.Value).ToAsyncEnumerable();
}
