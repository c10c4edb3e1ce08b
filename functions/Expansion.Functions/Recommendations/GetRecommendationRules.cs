using Expansion.Engine.Recommendations.Serving;
using Expansion.Functions.Pricing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Recommendations;

/// <summary>A shop's rules for all recommendations.</summary>
public sealed class GetRecommendationRules(PricingDocumentRequests requests)
{
    [Answers<RecommendationRules>]
    [Function(nameof(GetRecommendationRules))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/recommendation-rules")] HttpRequest request, string shop, CancellationToken cancellationToken) =>
        requests.GetAsync(request, shop, RecommendationRules.Document, new RecommendationRules(), null, cancellationToken);
}
