using Expansion.Engine;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Incentives;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

/// <summary>How much of a budget for incentives is spent.</summary>
public sealed class GetBudget(IPricingDocuments documents)
{
    [Answers<IncentiveBudget>]
    [Function(nameof(GetBudget))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/budgets/{budget}")] HttpRequest request, string shop, string budget, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(shop, out var id) || await documents.FindAsync<IncentiveBudget>(id, IncentiveLedger.BudgetDocument(budget), cancellationToken) is not { } found)
        {
            return Problems.NotFound($"The shop '{shop}' has no budget '{budget}'. Make one with PUT.");
        }

        request.HttpContext.Response.Headers.ETag = found.Version;
        return Results.Ok(found.Value);
    }
}
