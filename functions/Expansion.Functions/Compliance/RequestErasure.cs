using Expansion.Engine;
using Expansion.Engine.Compliance;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Compliance;

/// <summary>Has all that is kept about a customer erased, for who isn't told by Shopify or a signed event. The receipt says when it is done.</summary>
public sealed class RequestErasure(IShopStore shops, IInbox inbox)
{
    [Function(nameof(RequestErasure))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "shops/{shop}/customers/{customer}")] HttpRequest request, string shop, string customer, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(shop, out var id) || await shops.FindAsync(id, cancellationToken) is null)
        {
            return Problems.UnknownShop(shop);
        }

        if (customer.Length > CustomerId.MaxLength)
        {
            return Problems.BadRequest($"A customer's id has at most {CustomerId.MaxLength} characters.");
        }

        await inbox.SendAsync(new CustomerErasureRequested(id, new([new(customer)], null, [])), cancellationToken);
        return Results.Accepted($"/api/compliance/receipts?shop={id}");
    }
}
