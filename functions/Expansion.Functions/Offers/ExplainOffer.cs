using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Timing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Offers;

/// <summary>A decision with all it rested on, and in words, with what became of it since.</summary>
public sealed class ExplainOffer(IOfferLedger ledger, ICustomerStore customers)
{
    [Answers<ExplainedOffer>]
    [Asks("shop")]
    [Function(nameof(ExplainOffer))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "offers/{id}/explain")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(request.Query["shop"], out var shop) || await ledger.FindAsync(shop, id, cancellationToken) is not { } decision)
        {
            return Problems.NotFound($"There is no decision '{id}' of the shop '{request.Query["shop"]}'. GET /api/offers?shop=&customer= lists a customer's.");
        }

        var customer = (await customers.FindAsync(shop, [decision.Customer], cancellationToken))[0].Record.State;
        var now = decision with { Made = customer.Offers.Made.Find(made => made.Id == id) ?? decision.Made };
        return Results.Ok(new ExplainedOffer(now.InWords(), now));
    }
}

internal sealed record ExplainedOffer(IReadOnlyList<string> InWords, Decision Decision);
