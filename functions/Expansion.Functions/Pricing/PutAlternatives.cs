using Expansion.Engine.Offers.Pricing.Anchors;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

/// <summary>Replaces what others ask; each must say where and when it was seen.</summary>
public sealed class PutAlternatives(PricingDocumentRequests requests, TimeProvider time)
{
    [Answers<AlternativeList>]
    [Takes<AlternativeList>]
    [Function(nameof(PutAlternatives))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "shops/{shop}/alternatives")] HttpRequest request, string shop, CancellationToken cancellationToken) =>
        requests.PutAsync<AlternativeList>(
            request, shop, AlternativeList.Document, list => list.Validate(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)), cancellationToken);
}
