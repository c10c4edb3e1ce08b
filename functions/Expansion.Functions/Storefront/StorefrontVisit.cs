using System.Globalization;
using Expansion.Connectors.Shopify;
using Expansion.Engine;
using Expansion.Engine.Recommendations;
using Expansion.Functions.Offers;

namespace Expansion.Functions.Storefront;

/// <summary>Who is on the page and what is on it, as the widget tells it and Shopify signs it.</summary>
/// <param name="Id">The browser tab's own id. A guest is known by it, and by nothing else.</param>
internal sealed record StorefrontVisit(ShopifyProxyCall Call, string Id)
{
    private const int MaxSkus = 51;
    private const int MaxId = 64;

    private static readonly Touchpoint[] Pages = [Touchpoint.ProductPage, Touchpoint.CartPage, Touchpoint.AccountPage];

    public CustomerId Customer => Call.Customer ?? new($"guest:{Id}");

    /// <returns>Null when all is well, else what isn't.</returns>
    public static string? Read(ShopifyProxyCall call, out StorefrontVisit visit)
    {
        visit = new(call, "");
        visit = visit with { Id = visit.Text("visit") ?? "" };
        return visit.Id.Length is > 0 and <= MaxId && visit.Id.All(sign => char.IsAsciiLetterOrDigit(sign) || sign == '-') ? null : $"visit must be the visit's id: 1 to {MaxId} letters, digits and hyphens.";
    }

    /// <summary>Null unless it is there once.</summary>
    public string? Text(string name) => Call.Parameters[name].Take(2).ToList() is [{ Length: > 0 } only] ? only : null;

    /// <summary>What is looked at counts with what is in the cart: what goes with the one goes with the other. The same page again in a visit is the same interaction.</summary>
    /// <returns>Null when all is well, else what isn't.</returns>
    public string? Ask(out OfferQuestion question)
    {
        var skus = Call.Parameters["cart"].Prepend(Text("product")).Where(sku => !string.IsNullOrWhiteSpace(sku)).Select(sku => new Sku(sku!.Trim())).Distinct().ToList();
        var page = ExpansionJson.FromWord<Touchpoint>(Text("touchpoint"));
        var currency = Text("currency") ?? "";
        var hasTotal = long.TryParse(Text("cart_total"), NumberStyles.None, CultureInfo.InvariantCulture, out var hundredths);
        // Shopify counts in hundredths of every currency, of those without cents too.
        var total = new Money(hundredths / 100m, currency);
        question = new(Call.Shop, Customer, page ?? default, $"{Id}:{Text("touchpoint")}", Id, new(total, [.. skus]), null);
        return page is null || !Pages.Contains(page.Value) ? $"touchpoint must be one of {string.Join(", ", Pages.Select(ExpansionJson.Word))}."
            : currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper) ? "currency must be the page's ISO 4217 code."
            : !hasTotal ? "cart_total must be a whole number of hundredths, as the theme has it."
            : skus.Count > MaxSkus || skus.Exists(sku => sku.Value.Length > Sku.MaxLength) ? $"product and cart may name {MaxSkus} SKUs of up to {Sku.MaxLength} characters."
            : null;
    }
}
