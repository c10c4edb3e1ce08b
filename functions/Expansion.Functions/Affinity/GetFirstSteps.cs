using Expansion.Engine.Affinity.FirstSteps;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Affinity;

/// <summary>Where a shop begins, for a program or, with format=text, for people.</summary>
public sealed class GetFirstSteps(ShopPairsReader reader)
{
    [Answers<FirstStepsReport>]
    [Asks("shop", "format")]
    [Function(nameof(GetFirstSteps))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "affinity/first-steps")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var (shop, format) = (query.Shop(), query.OneOf("format", ["json", "text"]));
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        var (pairs, missing) = await reader.ReadAsync(shop, cancellationToken);
        if (missing is not null)
        {
            return Problems.Missing(missing);
        }

        var report = FirstStepsReport.Of(pairs!);
        return format == "text" ? Results.Text(FirstStepsText.Of(report)) : Results.Ok(report);
    }
}
