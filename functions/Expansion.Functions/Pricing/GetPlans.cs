using Expansion.Engine.Offers.Pricing.Plans;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

/// <summary>A shop's plans.</summary>
public sealed class GetPlans(PricingDocumentRequests requests)
{
    [Answers<PlanLadder>]
    [Function(nameof(GetPlans))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/plans")] HttpRequest request, string shop, CancellationToken cancellationToken) =>
        requests.GetAsync(request, shop, PlanLadder.Document, new PlanLadder([]), null, cancellationToken);
}
