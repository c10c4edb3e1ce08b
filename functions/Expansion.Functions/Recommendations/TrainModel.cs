using Expansion.Engine.Recommendations.Serving;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Recommendations;

public sealed class TrainModel(ModelTraining training)
{
    [Function(nameof(TrainModel))]
    public async Task Run([QueueTrigger(ModelDue.Queue)] ModelDue message, CancellationToken cancellationToken) => await training.RunAsync(message.Shop, cancellationToken);
}
