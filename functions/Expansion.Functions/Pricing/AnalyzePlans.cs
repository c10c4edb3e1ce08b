using Expansion.Engine.Offers.Pricing.Plans;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

/// <summary>What a shop's plans do to the choice among them, which of them to show, and that as an experiment's variations.</summary>
public sealed class AnalyzePlans(PricingDocumentRequests requests)
{
    [Answers<PlanReport>]
    [Function(nameof(AnalyzePlans))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/plans/analysis")] HttpRequest request, string shop, CancellationToken cancellationToken) =>
        requests.GetAsync(request, shop, PlanLadder.Document, new PlanLadder([]), PlanReport.Of, cancellationToken);
}

internal sealed record PlanReport(LadderAnalysis Analysis, LadderSuggestion Suggestion, IReadOnlyList<PricingVariation> Variations)
{
    public static object Of(PlanLadder ladder)
    {
        var suggestion = LadderSuggestion.For(ladder, new());
        return new PlanReport(LadderAnalysis.Of(ladder), suggestion, suggestion.Variations(ladder));
    }
}
