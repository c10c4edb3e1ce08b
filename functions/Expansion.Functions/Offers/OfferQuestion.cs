using Expansion.Engine;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing.Customers;

namespace Expansion.Functions.Offers;

/// <summary>What a touchpoint asks: is there something to offer this customer, here and now?</summary>
/// <param name="Interaction">The page view, mail or call: asked again for the same one, the same offer is given. Missing: each request is its own.</param>
/// <param name="Cart">The cart as the customer sees it; missing: as the last signal told it.</param>
/// <param name="Arm">The experiment's arm the customer is in, for the ledger.</param>
internal sealed record OfferQuestion(ShopId Shop, CustomerId Customer, Touchpoint Touchpoint, string? Interaction, string? Session, KnownCart? Cart, string? Arm)
{
    public const int MaxText = 255;

    public string? Mistake() =>
        Customer.Value is not { Length: > 0 and <= MaxText } ? "customer must be the customer's id."
        : Interaction?.Length > MaxText || Session?.Length > MaxText || Arm?.Length > MaxText ? $"interaction, session and arm may have at most {MaxText} characters."
        : Cart is { Skus: null } or { Skus.Count: > 500 } ? "cart needs its total and up to 500 skus."
        : null;
}
