using System.Text.Json;
using System.Text.Json.Serialization;
using Expansion.Engine;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Shops;

/// <summary>Replaces a shop's settings and adds the shop if it is new; what the body leaves out gets its default.</summary>
public sealed class PutShopSettings(IShopStore shops)
{
    // A misspelt setting must not be taken for a wish to have the default.
    private static readonly JsonSerializerOptions Strict = new(ExpansionJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    [Answers<ShopSettings>]
    [Takes<ShopSettings>]
    [Function(nameof(PutShopSettings))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "shops/{shop}/settings")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(shop, out var id))
        {
            return Problems.BadRequest($"'{shop}' is no shop: use 1 to 100 of the letters a-z, digits, dots and hyphens, e.g. 'coffee.myshopify.com'.");
        }

        ShopSettings? settings;
        try
        {
            settings = await JsonSerializer.DeserializeAsync<ShopSettings>(request.Body, Strict, cancellationToken);
        }
        catch (JsonException exception)
        {
            return Problems.BadRequest($"The body is not a settings document: {exception.Message}");
        }

        if (settings is null)
        {
            return Problems.BadRequest("The body is empty: send the settings as a JSON object; {} means all defaults.");
        }

        if (settings.Validate() is { Count: > 0 } errors)
        {
            return Problems.Invalid(errors);
        }

        var known = await shops.EnsureAsync(id, cancellationToken);
        var expected = request.Headers.IfMatch is [{ } etag] && etag != "*" ? etag : known.Version;
        var saved = expected == known.Version ? await shops.SaveAsync(known with { Settings = settings }, cancellationToken) : null;
        if (saved is null)
        {
            return Problems.Conflict("The settings were changed by somebody else: read them again and repeat.");
        }

        request.HttpContext.Response.Headers.ETag = saved.Version;
        return Results.Ok(saved.Settings);
    }
}
