using System.Globalization;
using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Recommendations;
using Microsoft.AspNetCore.Http;

namespace Expansion.Functions.Recommendations;

/// <summary>The query string of a recommendation, checked: shop, product, cart=a,b (or repeated), customer, touchpoint, limit.</summary>
internal sealed record RecommendationQuery(ShopId Shop, IReadOnlyList<Sku> Context, CustomerId? Customer, Touchpoint Touchpoint, int Limit)
{
    public const int DefaultLimit = 4;
    public const int MaxLimit = 50;
    public const int MaxProducts = 100;

    private static readonly Dictionary<string, Touchpoint> Touchpoints =
        Enum.GetValues<Touchpoint>().ToDictionary(value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    /// <returns>Null when all is well, else the answer that says what isn't.</returns>
    public static IResult? Parse(IQueryCollection query, out RecommendationQuery parsed)
    {
        parsed = null!;
        if (!ShopId.TryFrom(query["shop"], out var shop))
        {
            return Problems.BadRequest("Say which shop: ?shop=coffee.myshopify.com");
        }

        var limit = DefaultLimit;
        if (query.TryGetValue("limit", out var text)
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            return Problems.BadRequest($"limit is '{text}'; it must be a whole number from 1 to {MaxLimit}.");
        }

        var touchpoint = Touchpoint.ProductPage;
        if (query.TryGetValue("touchpoint", out var place) && !Touchpoints.TryGetValue(place.ToString(), out touchpoint))
        {
            return Problems.BadRequest($"touchpoint is '{place}'; it must be one of {string.Join(", ", Touchpoints.Keys)}.");
        }

        var context = query["product"].Concat(query["cart"].SelectMany(cart => (cart ?? "").Split(',')))
            .Where(sku => !string.IsNullOrWhiteSpace(sku)).Select(sku => new Sku(sku!.Trim())).Distinct().ToList();
        if (context.Count > MaxProducts)
        {
            return Problems.BadRequest($"{context.Count} products were given; at most {MaxProducts} can be. Send the most recent ones.");
        }

        if (context.Find(sku => sku.Value.Length > Sku.MaxLength) is { Value: not null } tooLong)
        {
            return Problems.BadRequest($"A product of {tooLong.Value.Length} characters was given; a SKU has at most {Sku.MaxLength}.");
        }

        var customer = query["customer"].ToString() is { Length: > 0 } id ? new CustomerId(id) : (CustomerId?)null;
        parsed = new(shop, context, customer, touchpoint, limit);
        return null;
    }
}
