using Expansion.Engine.Offers.Pricing.Anchors;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

/// <summary>What others ask, as the shop has seen it.</summary>
public sealed class GetAlternatives(PricingDocumentRequests requests)
{
    [Answers<AlternativeList>]
    [Function(nameof(GetAlternatives))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/alternatives")] HttpRequest request, string shop, CancellationToken cancellationToken) =>
        requests.GetAsync(request, shop, AlternativeList.Document, new AlternativeList([]), null, cancellationToken);
}
