using Expansion.Engine;
using Expansion.Engine.Experiments;
using Expansion.Engine.Shops;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Experiments;

/// <summary>Every hour: one message for each experiment that isn't concluded.</summary>
public sealed class ReadExperiments(IShopStore shops, IExperimentStore experiments, IMessageQueue queue)
{
    [Function(nameof(ReadExperiments))]
    public async Task Run([TimerTrigger("0 10 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await foreach (var shop in shops.ListAsync(cancellationToken))
        {
            await foreach (var experiment in experiments.ListAsync(shop.Id, cancellationToken))
            {
                if (experiment.Status is ExperimentStatus.Running or ExperimentStatus.Paused or ExperimentStatus.Stopped)
                {
                    await queue.SendAsync(ExperimentReadingDue.Queue, new ExperimentReadingDue(shop.Id, experiment.Definition.Key), cancellationToken);
                }
            }
        }
    }
}
