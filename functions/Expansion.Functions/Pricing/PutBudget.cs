using Expansion.Engine.Offers.Pricing.Incentives;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

/// <summary>Replaces a budget for incentives: its limit, its caps, its end, and what counts as spent.</summary>
public sealed class PutBudget(PricingDocumentRequests requests)
{
    [Answers<IncentiveBudget>]
    [Takes<IncentiveBudget>]
    [Function(nameof(PutBudget))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "shops/{shop}/budgets/{budget}")] HttpRequest request, string shop, string budget, CancellationToken cancellationToken) =>
        requests.PutAsync<IncentiveBudget>(request, shop, IncentiveLedger.BudgetDocument(budget), changed => changed.Validate(), cancellationToken);
}
