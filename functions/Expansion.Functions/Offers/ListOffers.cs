using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Recommendations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Offers;

/// <summary>Why a customer did, or didn't, get offers: the last decisions, newest first.</summary>
public sealed class ListOffers(IOfferLedger ledger)
{
    private const int Most = 50;

    [Answers<DecisionList>]
    [Function(nameof(ListOffers))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "offers")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(request.Query["shop"], out var shop) || request.Query["customer"].ToString() is not { Length: > 0 and <= CustomerId.MaxLength } customer)
        {
            return Problems.BadRequest("Say whose: ?shop=coffee.myshopify.com&customer=42");
        }

        var decisions = await ledger.ListAsync(shop, new(customer), cancellationToken).Take(Most).ToListAsync(cancellationToken);
        return Results.Ok(new DecisionList([.. decisions.Select(decision => new DecisionLine(decision.Id, decision.At, decision.Touchpoint, decision.Offer?.Target, decision.Reason))]));
    }
}

internal sealed record DecisionList(IReadOnlyList<DecisionLine> Decisions);

/// <param name="Offered">Missing for a silence.</param>
internal sealed record DecisionLine(string Id, DateTimeOffset At, Touchpoint Touchpoint, string? Offered, string Reason);
