using Expansion.Engine;
using Expansion.Engine.Contacts;
using Expansion.Engine.Shops;
using Expansion.Functions.Pricing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Contacts;

/// <summary>Says how a customer is reached, and whether by e-mail at all.</summary>
public sealed class PutContact(IShopStore shops, IContactStore contacts, TimeProvider time)
{
    private const int MaxText = 320;

    [Function(nameof(PutContact))]
    [Takes<ContactBody>]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "shops/{shop}/contacts/{customer}")] HttpRequest request, string shop, string customer, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(shop, out var id) || await shops.FindAsync(id, cancellationToken) is null)
        {
            return Problems.UnknownShop(shop);
        }

        var (body, problem) = await request.ReadJsonAsync<ContactBody>(cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        if (customer.Length > CustomerId.MaxLength || body.Email?.Length > MaxText || body.Name?.Length > MaxText || body.Locale?.Length > MaxText)
        {
            return Problems.BadRequest($"email, name and locale may have at most {MaxText} characters, the customer's id {CustomerId.MaxLength}.");
        }

        var contact = new Contact(new(customer), time.GetUtcNow()) { Email = body.Email, Name = body.Name, Locale = body.Locale, EmailConsent = body.EmailConsent };
        await contacts.SaveAsync(id, contact, cancellationToken);
        return Results.NoContent();
    }
}

internal sealed record ContactBody(string? Email = null, string? Name = null, string? Locale = null, bool? EmailConsent = null);
