using Expansion.Functions.Offers;
using Expansion.Functions.Timing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Storefront;

/// <summary>One offer for the widget to show, or 204: why there is silence concerns the shop and not who looks at the page.</summary>
public sealed class GetStorefrontOffer(StorefrontCalls calls, ShopTimings timings, NextOffers offers, StorefrontShelf shelf)
{
    [Function(nameof(GetStorefrontOffer))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "storefront/offer")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (calls.Verify(request) is not { } call)
        {
            return StorefrontCalls.Refusal;
        }

        if (StorefrontVisit.Read(call, out var visit) is { } mistake)
        {
            return Problems.BadRequest(mistake);
        }

        if (visit.Ask(out var question) is { } wrong)
        {
            return Problems.BadRequest(wrong);
        }

        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (await timings.FindAsync(call.Shop, cancellationToken) is not { } shop)
        {
            return Results.NoContent();
        }

        var decision = await offers.DecideAsync(shop, question, cancellationToken);
        // The page shows it again when it is loaded again, but not once it is in the cart.
        return decision.Offer is { } offer && !question.Cart!.Skus.Contains(new(offer.Target))
            && await shelf.FindAsync(call.Shop, decision.Id, offer, cancellationToken) is { } shown
            ? Results.Ok(shown)
            : Results.NoContent();
    }
}
