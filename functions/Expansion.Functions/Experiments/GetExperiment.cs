using Expansion.Engine;
using Expansion.Engine.Experiments;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Experiments;

/// <summary>One experiment with its history.</summary>
public sealed class GetExperiment(IExperimentStore experiments)
{
    [Answers<Experiment>]
    [Function(nameof(GetExperiment))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/experiments/{key}")] HttpRequest request, string shop, string key, CancellationToken cancellationToken) =>
        ShopId.TryFrom(shop, out var id) && await experiments.FindAsync(id, key, cancellationToken) is { } found
            ? Results.Ok(found.Experiment)
            : Problems.NotFound($"The shop '{shop}' has no experiment '{key}'. Write one with PUT.");
}
