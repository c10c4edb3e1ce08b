using Expansion.Engine.Offers.Pricing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

/// <summary>Replaces what a shop has decided about prices; what the body leaves out gets its default.</summary>
public sealed class PutPricing(PricingDocumentRequests requests)
{
    [Answers<PricingSettings>]
    [Takes<PricingSettings>]
    [Function(nameof(PutPricing))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "shops/{shop}/pricing")] HttpRequest request, string shop, CancellationToken cancellationToken) =>
        requests.PutAsync<PricingSettings>(request, shop, PricingSettings.Document, settings => settings.Validate(), cancellationToken);
}
