namespace Expansion.Engine.Offers.Pricing;

/// <summary>A product that could be put in the cart.</summary>
/// <param name="Affinity">How well it goes with what is in the cart, larger is better, e.g. the confidence of the best pair.</param>
public sealed record CartCandidate(Sku Sku, string? Title, Money Price, double Affinity);

/// <param name="Total">What the cart comes to with it.</param>
/// <param name="Overshoot">How far above the threshold that is.</param>
public sealed record CartPick(CartCandidate Product, Money Total, Money Overshoot);

/// <param name="Picks">Best first; empty when there is nothing to suggest.</param>
/// <param name="Gap">What is missing to the threshold; null when the cart isn't near it.</param>
public sealed record CartThresholdDecision(IReadOnlyList<CartPick> Picks, Money? Gap, string Reason);

/// <summary>"Cart between $75 and $95: products that bring it above $100", best affinity first, of equals the smallest overshoot.</summary>
public static class CartThreshold
{
    /// <param name="inCart">Products of the cart, which are not suggested again.</param>
    public static CartThresholdDecision Decide(Money cart, IReadOnlySet<Sku> inCart, IEnumerable<CartCandidate> candidates, PricingSettings settings)
    {
        if (cart.Amount < settings.CartFrom || cart.Amount > settings.CartTo)
        {
            return new([], null, FormattableString.Invariant($"The cart is {cart.Amount} {cart.Currency}; products are suggested from {settings.CartFrom} to {settings.CartTo}."));
        }

        var threshold = new Money(settings.CartThreshold, cart.Currency);
        var picks = candidates
            .Where(candidate => candidate.Price.Currency == cart.Currency && !inCart.Contains(candidate.Sku))
            .Select(candidate => new CartPick(candidate, cart + candidate.Price, cart + candidate.Price - threshold))
            .Where(pick => pick.Overshoot.Amount > 0 && pick.Overshoot.Amount <= settings.MostOvershoot * threshold.Amount)
            .OrderByDescending(pick => pick.Product.Affinity)
            .ThenBy(pick => pick.Overshoot.Amount)
            .ThenBy(pick => pick.Product.Sku)
            .ToList();
        var gap = threshold - cart;
        return new(picks, gap, picks.Count > 0
            ? FormattableString.Invariant($"{gap.Amount} {gap.Currency} are missing to {threshold.Amount}; {picks.Count} products bring the cart above it.")
            : FormattableString.Invariant($"{gap.Amount} {gap.Currency} are missing to {threshold.Amount}, but no product that goes with the cart brings it above by {settings.MostOvershoot * 100:0.##} % or less."));
    }
}
