using System.Collections.Concurrent;
using Expansion.Engine;
using Expansion.Engine.Experiments;
using Expansion.Engine.Experiments.Assignment;
using Expansion.Engine.Offers;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Recommendations;

namespace Expansion.Functions.Experiments;

/// <summary>Assigns customers by what ran at most some seconds ago. Nothing is read for it otherwise but, of a bandit, what this customer was given before: its chances change.</summary>
internal sealed class RunningArms(IExperimentStore experiments, IExposureStore exposures, TimeProvider time) : IExperimentArms
{
    /// <summary>So long an instance may go on with an experiment that was stopped elsewhere.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    /// <summary>The segment of customers who work for the shop.</summary>
    private const string Staff = "staff";

    private readonly ConcurrentDictionary<ShopId, (DateTimeOffset At, IReadOnlyList<Experiment> Running)> _known = new();

    public async ValueTask<ExperimentArm?> FindAsync(ShopId shop, CustomerId customer, string? segment, string? userAgent, Touchpoint touchpoint, CancellationToken cancellationToken)
    {
        foreach (var experiment in (await RunningAsync(shop, cancellationToken)).Where(running => running.Definition.Touchpoint == touchpoint))
        {
            var definition = experiment.Definition;
            var exposed = experiment.Chances is null ? null : await exposures.FindAsync(shop, definition.Key, customer, cancellationToken);
            var visitor = new Visitor(customer.Value) { UserAgent = userAgent, Segment = segment, Staff = segment == Staff, Exposed = exposed?.Variation };
            var part = Participation.Of(experiment, visitor, experiment.Chances);
            if (part.Holdout)
            {
                return new(definition.Key, "holdout", definition.Holdout) { Holdout = true, HasHoldout = true };
            }

            if (part.Variation is { } number)
            {
                return new(definition.Key, definition.Variations[number].Name, exposed?.Propensity ?? part.Propensity)
                {
                    Number = number,
                    Settings = definition.Variations[number].Settings,
                    HasHoldout = definition.Holdout > 0,
                };
            }
        }

        return null;
    }

    private async ValueTask<IReadOnlyList<Experiment>> RunningAsync(ShopId shop, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(shop, out var known) && now - known.At < Fresh && now >= known.At)
        {
            return known.Running;
        }

        var running = (await experiments.RunningAsync(shop, cancellationToken)).Experiments;
        _known[shop] = (now, running);
        return running;
    }
}
