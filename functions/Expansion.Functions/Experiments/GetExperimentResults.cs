using Expansion.Engine;
using Expansion.Engine.Experiments;
using Expansion.Engine.Experiments.Readings;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Experiments;

/// <summary>How an experiment stands, as last read within the hour, or as of now: looking changes nothing about the error.</summary>
public sealed class GetExperimentResults(IExperimentStore experiments, ExperimentReadings readings)
{
    [Answers<ExperimentResults>]
    [Asks("now")]
    [Function(nameof(GetExperimentResults))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/experiments/{key}/results")] HttpRequest request, string shop, string key, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var now = query.Flag("now") ?? false;
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        if (!ShopId.TryFrom(shop, out var id) || await experiments.FindAsync(id, key, cancellationToken) is not { Experiment: var experiment })
        {
            return Problems.NotFound($"The shop '{shop}' has no experiment '{key}'. Write one with PUT.");
        }

        if (experiment.StartedAt is null)
        {
            return Problems.Conflict($"'{key}' hasn't started: there are no results.");
        }

        var known = now ? null : await experiments.ReadingAsync(id, key, cancellationToken);
        var reading = known ?? (await readings.ReadAsync(id, key, cancellationToken))!.Value.Reading;
        var looks = await experiments.LooksAsync(id, key, cancellationToken);
        return Results.Ok(new ExperimentResults(key, experiment.Status, experiment.StartedAt.Value, experiment.RevenueCap, experiment.Conclusion, reading, looks));
    }
}

/// <param name="Looks">How the effects came to be what they are: the last look of each day.</param>
internal sealed record ExperimentResults(
    string Experiment, ExperimentStatus Status, DateTimeOffset StartedAt, decimal? RevenueCap, string? Conclusion, ExperimentReading Reading, IReadOnlyList<ExperimentLook> Looks);
