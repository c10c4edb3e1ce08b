using Expansion.Engine;
using Expansion.Engine.Contacts;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Contacts;

/// <summary>Forgets how a customer is reached. That an address wants no mail is kept, as a hash.</summary>
public sealed class DeleteContact(IContactStore contacts)
{
    [Function(nameof(DeleteContact))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "shops/{shop}/contacts/{customer}")] HttpRequest request, string shop, string customer, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(shop, out var id))
        {
            return Problems.UnknownShop(shop);
        }

        await contacts.DeleteAsync(id, new(customer), cancellationToken);
        return Results.NoContent();
    }
}
