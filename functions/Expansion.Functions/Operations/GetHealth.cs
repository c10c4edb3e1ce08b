using Expansion.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Operations;

/// <summary>Whether the app lives (?probe=live), and whether it can do its work. Names nothing that isn't everybody's.</summary>
public sealed class GetHealth(AppHealth health)
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(15);

    [Answers<HealthAnswer>]
    [Asks("probe")]
    [Function(nameof(GetHealth))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var probe = query.OneOf("probe", ["live", "ready"]);
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        if (probe == "live")
        {
            return Results.Ok(new HealthAnswer("live", null));
        }

        var report = await health.RecentAsync(Age, cancellationToken);
        return Results.Json(
            new HealthAnswer(ExpansionJson.Word(report.State), report.Checks),
            statusCode: report.State == HealthState.Broken ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}

/// <param name="Status">live, ready, stale or broken.</param>
internal sealed record HealthAnswer(string Status, IReadOnlyDictionary<string, string>? Checks);
