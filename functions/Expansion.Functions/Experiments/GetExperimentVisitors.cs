using Expansion.Engine;
using Expansion.Engine.Experiments;
using Expansion.Engine.Experiments.Readings;
using Expansion.Engine.Outcomes;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Experiments;

/// <summary>Who is behind the figures of a variation, and what each brought: for people who look, so not more than some hundred.</summary>
public sealed class GetExperimentVisitors(IExperimentStore experiments, IExposureStore exposures, IJournalStore journals, TimeProvider time)
{
    private const int Most = 200;

    [Answers<VisitorList>]
    [Asks("variation")]
    [Function(nameof(GetExperimentVisitors))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/experiments/{key}/visitors")] HttpRequest request, string shop, string key, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var wanted = query.Text("variation");
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        if (!ShopId.TryFrom(shop, out var id) || await experiments.FindAsync(id, key, cancellationToken) is not { Experiment.Definition.Variations: var variations })
        {
            return Problems.NotFound($"The shop '{shop}' has no experiment '{key}'. Write one with PUT.");
        }

        if (variations.FirstOrDefault(one => one.Name == wanted) is not { } variation)
        {
            return Problems.BadRequest($"variation is '{wanted}'; it must be one of {string.Join(", ", variations.Select(one => one.Name))}.");
        }

        var now = time.GetUtcNow();
        var visitors = await exposures.ReadAsync(id, key, cancellationToken)
            .Where(exposure => variations[exposure.Variation] == variation)
            .Take(Most + 1)
            .Select(async (Exposure exposure, CancellationToken stop) => VisitorLine.Of(exposure, await journals.FindAsync(id, exposure.Customer, stop), now))
            .ToListAsync(cancellationToken);
        return Results.Ok(new VisitorList(variation.Name, [.. visitors.Take(Most).OrderByDescending(line => line.Revenue).ThenByDescending(line => line.At)], visitors.Count > Most));
    }
}

/// <param name="More">There are more than are told.</param>
internal sealed record VisitorList(string Variation, IReadOnlyList<VisitorLine> Visitors, bool More);

/// <param name="At">When they first saw it.</param>
/// <param name="Counted">Their week is over: earlier they aren't in the figures, and what they brought isn't final.</param>
/// <param name="Revenue">Of that week, net of what came back in it.</param>
/// <param name="Margin">The same less costs; products without a known cost add nothing.</param>
internal sealed record VisitorLine(CustomerId Customer, DateTimeOffset At, bool Counted, bool Converted, double Revenue, double Margin)
{
    public static VisitorLine Of(Exposure exposure, CustomerJournal journal, DateTimeOffset now)
    {
        var visitor = new ExposedVisitor(exposure, journal);
        var sums = visitor.Sums(cap: null);
        return new(exposure.Customer, exposure.At, visitor.IsMature(now), sums.Conversions.Conversions > 0, sums.Revenue.Sum, sums.Margin.Sum);
    }
}
