using Expansion.Engine;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;

namespace Expansion.Functions.Pricing;

/// <summary>Answers requests for one of a shop's pricing documents: read with its version, replaced as a whole unless somebody else was faster.</summary>
public sealed class PricingDocumentRequests(IShopStore shops, IPricingDocuments documents)
{
    /// <param name="empty">What stands there until somebody writes.</param>
    /// <param name="answer">What is told of the document; the document itself by default.</param>
    public async Task<IResult> GetAsync<T>(HttpRequest request, string shop, string name, T empty, Func<T, object>? answer, CancellationToken cancellationToken)
        where T : class
    {
        if (!ShopId.TryFrom(shop, out var id) || await shops.FindAsync(id, cancellationToken) is null)
        {
            return Problems.UnknownShop(shop);
        }

        var found = await documents.FindAsync<T>(id, name, cancellationToken);
        request.HttpContext.Response.Headers.ETag = found?.Version;
        return Results.Ok(answer is null ? found?.Value ?? empty : answer(found?.Value ?? empty));
    }

    public async Task<IResult> PutAsync<T>(HttpRequest request, string shop, string name, Func<T, IReadOnlyDictionary<string, string[]>> validate, CancellationToken cancellationToken)
        where T : class
    {
        var (id, document, problem) = await request.ReadJsonAsync<T>(shop, shops, cancellationToken);
        if (document is null)
        {
            return problem!;
        }

        if (validate(document) is { Count: > 0 } errors)
        {
            return Problems.Invalid(errors);
        }

        var known = (await documents.FindAsync<T>(id, name, cancellationToken))?.Version;
        var expected = request.Headers.IfMatch is [{ } etag] && etag != "*" ? etag : known;
        if (expected != known || await documents.SaveAsync(id, name, document, known, cancellationToken) is not { } saved)
        {
            return Problems.Conflict("It was changed by somebody else: read it again and repeat.");
        }

        request.HttpContext.Response.Headers.ETag = saved.Version;
        return Results.Ok(saved.Value);
    }
}
