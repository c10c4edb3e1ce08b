using Expansion.Engine.Experiments.Readings;

namespace Expansion.Engine.Experiments;

/// <summary>A shop's experiments. Those that run are one row, which every change replaces under its version: so two hosts never start two tests at once.</summary>
public interface IExperimentStore
{
    Task<StoredExperiment?> FindAsync(ShopId shop, string key, CancellationToken cancellationToken);

    /// <summary>All of the shop, by key.</summary>
    IAsyncEnumerable<Experiment> ListAsync(ShopId shop, CancellationToken cancellationToken);

    /// <summary>Those that run, by one point read.</summary>
    Task<RunningExperiments> RunningAsync(ShopId shop, CancellationToken cancellationToken);

    /// <summary>The last reading; null before the first.</summary>
    Task<ExperimentReading?> ReadingAsync(ShopId shop, string key, CancellationToken cancellationToken);

    /// <summary>The last look of each day, in their order; at most those of the last 400 days.</summary>
    Task<IReadOnlyList<ExperimentLook>> LooksAsync(ShopId shop, string key, CancellationToken cancellationToken);

    /// <summary>Becomes the last reading, and its effects the last look of its day.</summary>
    Task SaveReadingAsync(ShopId shop, string key, ExperimentReading reading, CancellationToken cancellationToken);

    /// <summary>Saves the experiment, and with it which ones run, both or neither.</summary>
    /// <param name="since">The version the experiment was read with; null for a new one.</param>
    /// <param name="running">As it was when the change was decided on.</param>
    /// <returns>False when either has changed since: read again and repeat.</returns>
    Task<bool> SaveAsync(ShopId shop, Experiment experiment, string? since, RunningExperiments running, CancellationToken cancellationToken);
}

/// <param name="Version">Changes with every write.</param>
public sealed record StoredExperiment(Experiment Experiment, string Version);

/// <param name="Version">Changes whenever any experiment of the shop does; null before the first one.</param>
public sealed record RunningExperiments(IReadOnlyList<Experiment> Experiments, string? Version)
{
    /// <summary>After a change of one of them. Their histories aren't needed by those who read them on a request's path.</summary>
    public IReadOnlyList<Experiment> With(Experiment changed) =>
    [
        .. Experiments.Where(known => known.Definition.Key != changed.Definition.Key),
        .. changed.Status == ExperimentStatus.Running ? [changed with { Audit = [] }] : Array.Empty<Experiment>(),
    ];
}
