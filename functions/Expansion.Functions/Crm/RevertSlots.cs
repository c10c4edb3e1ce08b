using Expansion.Engine.Crm;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Crm;

/// <summary>Takes what was written out again.</summary>
public sealed class RevertSlots(SlotReview review)
{
    [Function(nameof(RevertSlots))]
    [Asks("shop")]
    [Answers<SlotChange>]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "crm/product-slots/{id}/revert")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var shop = query.Shop();
        return query.Problem() ?? SlotAnswers.Of(id, await review.RevertAsync(shop, id, cancellationToken));
    }
}

internal static class SlotAnswers
{
    public static IResult Of(string id, (SlotChange? Change, string? Refusal) answer) =>
        answer.Change is { } change ? Results.Ok(change)
        : answer.Refusal is { } refusal ? Problems.Conflict(refusal)
        : Problems.NotFound($"There is no proposal '{id}'. GET /api/crm/product-slots lists them.");
}
