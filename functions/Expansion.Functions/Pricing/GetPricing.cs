using Expansion.Engine.Offers.Pricing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

/// <summary>What a shop has decided about prices, bundles and claims.</summary>
public sealed class GetPricing(PricingDocumentRequests requests)
{
    [Answers<PricingSettings>]
    [Function(nameof(GetPricing))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/pricing")] HttpRequest request, string shop, CancellationToken cancellationToken) =>
        requests.GetAsync(request, shop, PricingSettings.Document, new PricingSettings(), null, cancellationToken);
}
