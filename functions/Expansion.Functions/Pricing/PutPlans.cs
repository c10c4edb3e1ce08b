using Expansion.Engine.Offers.Pricing.Plans;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

/// <summary>Replaces a shop's plans.</summary>
public sealed class PutPlans(PricingDocumentRequests requests)
{
    [Answers<PlanLadder>]
    [Takes<PlanLadder>]
    [Function(nameof(PutPlans))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "shops/{shop}/plans")] HttpRequest request, string shop, CancellationToken cancellationToken) =>
        requests.PutAsync<PlanLadder>(request, shop, PlanLadder.Document, ladder => ladder.Validate(), cancellationToken);
}
