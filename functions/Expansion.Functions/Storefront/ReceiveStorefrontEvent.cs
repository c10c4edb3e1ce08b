using Expansion.Connectors.Shopify;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Signals;
using Expansion.Functions.Compliance;
using Expansion.Functions.Timing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Storefront;

/// <summary>Takes what became of an offer on the page. All of it is in the address, since the proxy signs nothing else; told twice, it counts once.</summary>
public sealed class ReceiveStorefrontEvent(StorefrontCalls calls, ISignalRates rates, SignalInbox inbox, Erasures erasures, TimeProvider time)
{
    [Function(nameof(ReceiveStorefrontEvent))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "storefront/events")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (calls.Verify(request) is not { } call)
        {
            return StorefrontCalls.Refusal;
        }

        if (StorefrontVisit.Read(call, out var visit) is { } mistake)
        {
            return Problems.BadRequest(mistake);
        }

        if (Signal(visit) is not { } signal)
        {
            return Problems.BadRequest("offer must be an offer's id, and event one of impression, click and dismissed.");
        }

        if ((await erasures.OfAsync(call.Shop, cancellationToken)).Has(visit.Customer))
        {
            return Results.NoContent();
        }

        if (!await rates.TryTakeAsync(call.Shop, visit.Customer, 1, time.GetUtcNow(), cancellationToken))
        {
            return Problems.TooMany($"A visit may tell {ISignalRates.MostAnHour} events an hour.");
        }

        await inbox.SendAsync(call.Shop, [signal], cancellationToken);
        return Results.NoContent();
    }

    private OfferSignal? Signal(StorefrontVisit visit)
    {
        if (visit.Text("offer") is not { Length: <= ShopifyOffers.MaxId } offer)
        {
            return null;
        }

        var (happened, now) = (visit.Text("event"), time.GetUtcNow());
        var id = ShopifyOffers.SignalId(happened ?? "", offer);
        return happened switch
        {
            "impression" => new OfferImpression { Id = id, Customer = visit.Customer, At = now, Offer = offer },
            "click" => new OfferClick { Id = id, Customer = visit.Customer, At = now, Offer = offer },
            "dismissed" => new OfferDismissed { Id = id, Customer = visit.Customer, At = now, Offer = offer },
            _ => null,
        };
    }
}
