using Expansion.Engine;
using Expansion.Engine.Recommendations.Serving;
using Expansion.Functions.Pricing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Recommendations;

/// <summary>Replaces a shop's rules for all recommendations. They count from this instance's next answer on.</summary>
public sealed class PutRecommendationRules(PricingDocumentRequests requests, ServingCache serving)
{
    [Takes<RecommendationRules>]
    [Answers<RecommendationRules>]
    [Function(nameof(PutRecommendationRules))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "shops/{shop}/recommendation-rules")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        var answer = await requests.PutAsync<RecommendationRules>(request, shop, RecommendationRules.Document, rules => rules.Validate(), cancellationToken);
        if (ShopId.TryFrom(shop, out var id))
        {
            await serving.RefreshAsync(id, cancellationToken);
        }

        return answer;
    }
}
