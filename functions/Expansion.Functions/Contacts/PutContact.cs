using Expansion.Engine;
using Expansion.Engine.Contacts;
using Expansion.Engine.Shops;
using Expansion.Functions.Compliance;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Contacts;

/// <summary>Says how a customer is reached, and whether by e-mail at all.</summary>
public sealed class PutContact(IShopStore shops, IContactStore contacts, Erasures erasures, TimeProvider time)
{
    private const int MaxText = 320;

    [Function(nameof(PutContact))]
    [Takes<ContactBody>]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "shops/{shop}/contacts/{customer}")] HttpRequest request, string shop, string customer, CancellationToken cancellationToken)
    {
        var (id, body, problem) = await request.ReadJsonAsync<ContactBody>(shop, shops, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        if (customer.Length > CustomerId.MaxLength || body.Email?.Length > MaxText || body.Name?.Length > MaxText || body.Locale?.Length > MaxText)
        {
            return Problems.BadRequest($"email, name and locale may have at most {MaxText} characters, the customer's id {CustomerId.MaxLength}.");
        }

        var person = new CustomerId(customer);
        if ((await erasures.OfAsync(id, cancellationToken)).Has(person))
        {
            return Problems.Erased(person);
        }

        var contact = new Contact(person, time.GetUtcNow()) { Email = body.Email, Name = body.Name, Locale = body.Locale, EmailConsent = body.EmailConsent };
        await contacts.SaveAsync(id, contact, cancellationToken);
        await erasures.WrittenAsync(id, [person], cancellationToken);
        return Results.NoContent();
    }
}

internal sealed record ContactBody(string? Email = null, string? Name = null, string? Locale = null, bool? EmailConsent = null);
