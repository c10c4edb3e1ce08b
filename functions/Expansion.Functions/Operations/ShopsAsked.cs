using System.Text.Json;
using Expansion.Connectors;
using Microsoft.AspNetCore.Http;

namespace Expansion.Functions.Operations;

/// <summary>Every shop that a request names, wherever a function may take it from: the route, the query, or the body's property "shop".</summary>
internal static class ShopsAsked
{
    private const string Name = "shop";

    /// <summary>As they stand there, valid or not; a body that is read can be read again.</summary>
    public static async ValueTask<IReadOnlyList<string>> OfAsync(HttpRequest request, FunctionTraits traits, int maxBodyBytes)
    {
        var shops = new List<string>();
        if (request.RouteValues.TryGetValue(Name, out var route))
        {
            shops.Add(route?.ToString() ?? "");
        }

        if (request.Query.TryGetValue(Name, out var query))
        {
            shops.Add(query.ToString());
        }

        if (!traits.TakesFile && await request.ReadBodyAsync(maxBodyBytes, request.HttpContext.RequestAborted) is { } body)
        {
            request.Body = new MemoryStream(body.ToArray());
            AddFrom(body.Span, shops);
        }

        return shops;
    }

    /// <summary>A property that stands there twice counts twice: which of them a reader takes is its own affair.</summary>
    private static void AddFrom(ReadOnlySpan<byte> body, List<string> shops)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && Name.Equals(reader.GetString(), StringComparison.OrdinalIgnoreCase))
                {
                    reader.Read();
                    shops.Add(reader.TokenType == JsonTokenType.String ? reader.GetString()! : "");
                }
            }
        }
        catch (JsonException)
        {
            // No JSON: no function takes a shop from it.
        }
        catch (InvalidOperationException)
        {
            // A name that isn't UTF-8: what stands behind it can't be told, and nobody's shop is refused.
            shops.Add("");
        }
    }
}
