using System.Globalization;
using Expansion.Engine;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Serving;
using Microsoft.AspNetCore.Http;

namespace Expansion.Functions.Recommendations;

/// <summary>
/// The query string of a recommendation, checked: shop, product, cart=a,b (or repeated), customer, touchpoint, limit, kind=upsell|cross_sell,
/// rank_by=affinity|margin|popularity, source=affinity for the rules of affinity alone, explain=true for what was left out.
/// </summary>
internal sealed record RecommendationQuery(ShopId Shop, ShelfRequest Shelf, CustomerId? Customer, bool AffinityOnly, bool Explain)
{
    public const int DefaultLimit = 4;
    public const int MaxLimit = 50;
    public const int MaxProducts = 100;

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

        if (Word<Touchpoint>(query, "touchpoint", out var touchpoint) is { } noTouchpoint)
        {
            return noTouchpoint;
        }

        if (Word<PickKind>(query, "kind", out var kind) is { } noKind)
        {
            return noKind;
        }

        if (Word<RankBy>(query, "rank_by", out var rankBy) is { } noRankBy)
        {
            return noRankBy;
        }

        if (query.TryGetValue("source", out var source) && source != "hybrid" && source != "affinity")
        {
            return Problems.BadRequest($"source is '{source}'; it must be hybrid, which is the default, or affinity.");
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

        parsed = new(
            shop,
            new() { Context = context, Touchpoint = touchpoint ?? Touchpoint.ProductPage, Kind = kind, RankBy = rankBy, Limit = limit },
            query["customer"].ToString() is { Length: > 0 } id ? new CustomerId(id) : null,
            source == "affinity",
            query["explain"] == "true");
        return null;
    }

    private static IResult? Word<TEnum>(IQueryCollection query, string name, out TEnum? value)
        where TEnum : struct, Enum
    {
        value = query.TryGetValue(name, out var word) ? ExpansionJson.FromWord<TEnum>(word) : null;
        return value is null && word.Count > 0 ? Problems.BadRequest($"{name} is '{word}'; it must be one of {string.Join(", ", ExpansionJson.Words<TEnum>())}.") : null;
    }
}
