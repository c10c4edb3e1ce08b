using Expansion.Engine;
using Expansion.Engine.Experiments;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Experiments;

/// <summary>A shop's experiments, the last started first; only those of a status when it is named.</summary>
public sealed class ListExperiments(IShopStore shops, IExperimentStore experiments)
{
    [Answers<ExperimentList>]
    [Asks("status")]
    [Function(nameof(ListExperiments))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/experiments")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var status = query.Word<ExperimentStatus>("status");
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        if (!ShopId.TryFrom(shop, out var id) || await shops.FindAsync(id, cancellationToken) is null)
        {
            return Problems.UnknownShop(shop);
        }

        var found = await experiments.ListAsync(id, cancellationToken).Where(experiment => status is null || experiment.Status == status).ToListAsync(cancellationToken);
        return Results.Ok(new ExperimentList(
        [
            .. found.OrderByDescending(experiment => experiment.StartedAt ?? DateTimeOffset.MaxValue).ThenBy(experiment => experiment.Definition.Key, StringComparer.Ordinal).Select(ExperimentLine.Of),
        ]));
    }
}

internal sealed record ExperimentList(IReadOnlyList<ExperimentLine> Experiments);

internal sealed record ExperimentLine(string Key, ExperimentStatus Status, Touchpoint Touchpoint, ExperimentElement Element, IReadOnlyList<string> Variations, DateTimeOffset? StartedAt, string? Conclusion)
{
    public static ExperimentLine Of(Experiment experiment) => new(
        experiment.Definition.Key,
        experiment.Status,
        experiment.Definition.Touchpoint,
        experiment.Definition.Element,
        [.. experiment.Definition.Variations.Select(variation => variation.Name)],
        experiment.StartedAt,
        experiment.Conclusion);
}
