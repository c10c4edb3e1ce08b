using System.Text.Json;
using System.Text.Json.Serialization;
using Expansion.Connectors;
using Expansion.Engine;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;

namespace Expansion.Functions;

/// <summary>Reads a request's body strictly: a misspelt field must not be taken for a wish to have the default, nor a missing one for nothing.</summary>
internal static class JsonBody
{
    private const int MaxBytes = 4 << 20;

    private static readonly JsonSerializerOptions Strict = new(ExpansionJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowOutOfOrderMetadataProperties = true,
    };

    /// <returns>The shop that the address names and the value, or the answer that says why not.</returns>
    public static async Task<(ShopId Shop, T? Value, IResult? Problem)> ReadJsonAsync<T>(this HttpRequest request, string? shop, IShopStore shops, CancellationToken cancellationToken)
        where T : class
    {
        if (!ShopId.TryFrom(shop, out var id) || await shops.FindAsync(id, cancellationToken) is null)
        {
            return (default, null, Problems.UnknownShop(shop));
        }

        var (value, problem) = await request.ReadJsonAsync<T>(cancellationToken);
        return (id, value, problem);
    }

    /// <returns>The value, or the answer that says what is wrong with it.</returns>
    public static async Task<(T? Value, IResult? Problem)> ReadJsonAsync<T>(this HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        if (await request.ReadBodyAsync(MaxBytes, cancellationToken) is not { } body)
        {
            return (null, Problems.TooLarge($"The body is over {MaxBytes >> 20} MiB: send it in parts."));
        }

        try
        {
            return JsonSerializer.Deserialize<T>(body.Span, Strict) is { } value ? (value, null) : (null, Problems.BadRequest("The body is null: send a JSON document."));
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return (null, Problems.BadRequest($"The body can't be read: {exception.Message}"));
        }
    }
}
