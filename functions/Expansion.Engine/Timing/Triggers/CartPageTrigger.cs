using System.ComponentModel.DataAnnotations;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Timing.Triggers;

public sealed record CartPageOptions
{
    /// <summary>Least worth of the cart, in the shop's currency: 0 to 1,000,000.</summary>
    [Range(0, 1_000_000)]
    public decimal MinValue { get; init; }

    /// <summary>Minutes for which a cart counts as the present one: 5 to 1,440.</summary>
    [Range(5, 1440)]
    public int FreshMinutes { get; init; } = 60;
}

/// <summary>The customer looks at a cart with something in it.</summary>
internal sealed class CartPageTrigger : ITimingTrigger
{
    public string Name => TimingTriggers.CartPage;

    public IReadOnlyList<Touchpoint> Touchpoints => [Touchpoint.CartPage, Touchpoint.Checkout];

    public TriggerReading Read(TimingContext context)
    {
        var options = context.Settings.CartPage;
        if (!Touchpoints.Contains(context.Touchpoint))
        {
            return this.No($"The customer isn't at the cart.");
        }

        if (context.Customer.Shopping.Cart is not { Value: { Skus.Count: > 0 } cart } told)
        {
            return this.No($"The cart is empty.");
        }

        var until = told.At.AddMinutes(options.FreshMinutes);
        return context.Now > until ? this.No($"The cart was last changed more than {options.FreshMinutes} minutes ago.")
            : cart.Total.Amount < options.MinValue ? this.No($"The cart is worth {cart.Total.Amount} {cart.Total.Currency}, {options.MinValue} needed.")
            : this.Fires(context.Session ?? $"{told.At.UtcDateTime:yyyyMMddHHmm}", until, $"The cart holds {cart.Skus.Count} {(cart.Skus.Count == 1 ? "product" : "products")} worth {cart.Total.Amount} {cart.Total.Currency}.");
    }
}
