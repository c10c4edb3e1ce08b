using Expansion.Engine;
using Expansion.Engine.Experiments;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Expansion.Functions.Experiments;

/// <summary>Reads an experiment. One that harms is stopped; a bandit takes its chances from what it has learned, and gives nothing to what harms.</summary>
public sealed partial class ReadExperiment(ExperimentReadings readings, ExperimentSteps steps, TimeProvider time, ILogger<ReadExperiment> logger)
{
    private const string Alarm = "harm alarm";

    [Function(nameof(ReadExperiment))]
    public async Task Run([QueueTrigger(ExperimentReadingDue.Queue)] ExperimentReadingDue message, CancellationToken cancellationToken)
    {
        if (await readings.ReadAsync(message.Shop, message.Experiment, cancellationToken) is not { } read)
        {
            return;
        }

        var (_, reading, chances) = read;
        if (chances is not null && chances.Any(chance => chance > 0))
        {
            await steps.TakeAsync(message.Shop, message.Experiment, (known, _) => known is { Status: ExperimentStatus.Running } ? new(known with { Chances = chances }, null) : null, cancellationToken);
        }
        else if (reading.Harm.Count > 0)
        {
            var words = string.Join(' ', reading.Harm.OrderBy(harm => harm.Key).Select(harm => $"{reading.Variations[harm.Key + 1].Name}: {harm.Value}"));
            var step = await steps.TakeAsync(message.Shop, message.Experiment, (known, _) => known?.Stop(words, Alarm, time.GetUtcNow()), cancellationToken);
            if (step?.Changed is not null)
            {
                LogHarm(message.Experiment, message.Shop, words);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Experiment {Experiment} of {Shop} was stopped, because it harms: {Words}")]
    private partial void LogHarm(string experiment, ShopId shop, string words);
}
