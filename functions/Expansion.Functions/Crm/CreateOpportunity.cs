using Expansion.Engine;
using Expansion.Engine.Crm;
using Expansion.Engine.Shops;
using Expansion.Functions.Compliance;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Crm;

/// <summary>Hands an opportunity to the CRM by hand. The same id twice is one opportunity.</summary>
public sealed class CreateOpportunity(IShopStore shops, OpportunityOutbox opportunities, Erasures erasures)
{
    private const int MaxText = 2000;

    [Function(nameof(CreateOpportunity))]
    [Asks("shop")]
    [Takes<Opportunity>]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "post", Route = "crm/opportunities")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var shop = query.Shop();
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        if (await shops.FindAsync(shop, cancellationToken) is null)
        {
            return Problems.UnknownShop(shop.Value);
        }

        var (opportunity, mistake) = await request.ReadJsonAsync<Opportunity>(cancellationToken);
        if (opportunity is null)
        {
            return mistake!;
        }

        if (!Opportunity.IsId(opportunity.Id) || opportunity.Customer.Value is not { Length: > 0 and <= CustomerId.MaxLength } || opportunity.Product.Length is 0 or > Sku.MaxLength
            || opportunity.Reason.Length > MaxText || opportunity.NextStep.Length > MaxText || opportunity.ProductTitle?.Length > MaxText)
        {
            return Problems.BadRequest($"id must be 1 to {Opportunity.MaxIdLength} letters, digits, - and _; customer and product 1 to {Sku.MaxLength} characters; the texts at most {MaxText}.");
        }

        if ((await erasures.OfAsync(shop, cancellationToken)).Has(opportunity.Customer))
        {
            return Problems.Erased(opportunity.Customer);
        }

        if (!opportunities.IsOn(shop))
        {
            return Problems.Conflict($"Odoo is off: there is no connection for {shop} under Odoo:Connections in the settings.");
        }

        await opportunities.HandInAsync(shop, opportunity, cancellationToken);
        await erasures.WrittenAsync(shop, [opportunity.Customer], cancellationToken);
        return Results.Accepted(value: new { opportunity.Id });
    }
}
