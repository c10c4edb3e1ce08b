using Expansion.Engine.Crm;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Crm;

/// <summary>A person has looked at a proposal and wants it written.</summary>
public sealed class ApplySlots(SlotReview review)
{
    [Function(nameof(ApplySlots))]
    [Asks("shop", "reviewer")]
    [Answers<SlotChange>]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "crm/product-slots/{id}/apply")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var (shop, reviewer) = (query.Shop(), query.Text("reviewer"));
        if ((query.Problem() ?? (reviewer is null ? Problems.BadRequest("Say who has looked at it: &reviewer=NAME") : null)) is { } problem)
        {
            return problem;
        }

        return SlotAnswers.Of(id, await review.ApplyAsync(shop, id, reviewer!, cancellationToken));
    }
}
