using Expansion.Engine;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Functions.Offers;

/// <summary>What a touchpoint asks: is there something to offer this customer, here and now?</summary>
/// <param name="Interaction">The page view, mail or call: asked again for the same one, the same offer is given. Missing: each request is its own.</param>
/// <param name="Cart">The cart as the customer sees it; missing: as the last signal told it.</param>
/// <param name="Locale">The language to word the offer in, e.g. de or de-AT; missing: English.</param>
/// <param name="UserAgent">The customer's browser: programs take part in no experiment.</param>
internal sealed record OfferQuestion(ShopId Shop, CustomerId Customer, Touchpoint Touchpoint, string? Interaction = null, string? Session = null, KnownCart? Cart = null, string? Locale = null, string? UserAgent = null)
{
    public const int MaxText = 255;

    public string? Mistake() =>
        Customer.Value is not { Length: > 0 and <= MaxText } ? "customer must be the customer's id."
        : Interaction?.Length > MaxText || Session?.Length > MaxText ? $"interaction and session may have at most {MaxText} characters."
        : Cart is { Skus.Count: > OrderPlaced.MaxSkus } ? $"cart may have up to {OrderPlaced.MaxSkus} skus."
        : Locale is not null && !OfferLocale.IsKnown(Locale) ? $"locale is '{Locale}'; it must be a language, with a region if you like, e.g. de or de-AT."
        : null;
}
