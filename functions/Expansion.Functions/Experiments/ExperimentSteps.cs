using Expansion.Engine;
using Expansion.Engine.Experiments;

namespace Expansion.Functions.Experiments;

/// <summary>Changes an experiment by one step, decided on what is stored: when somebody else was faster, it is decided again.</summary>
public sealed class ExperimentSteps(IExperimentStore experiments)
{
    private const int Attempts = 20;

    /// <param name="step">From the experiment, null for one that isn't there, and those that run, to what becomes of it; null when there is nothing to change.</param>
    /// <returns>The step that was taken, or refused; null when there was nothing to change.</returns>
    public async Task<ExperimentStep?> TakeAsync(ShopId shop, string key, Func<Experiment?, IReadOnlyList<Experiment>, ExperimentStep?> step, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // First those that run: what starts after this read makes the save fail.
            var running = await experiments.RunningAsync(shop, cancellationToken);
            var stored = await experiments.FindAsync(shop, key, cancellationToken);
            var taken = step(stored?.Experiment, running.Experiments);
            if (taken?.Changed is not { } changed || await experiments.SaveAsync(shop, changed, stored?.Version, running, cancellationToken))
            {
                return taken;
            }
        }

        throw new InvalidOperationException($"Experiment {key} of {shop} was changed by others {Attempts} times while being changed.");
    }
}
