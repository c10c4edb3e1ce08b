using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Timing.Customers;

/// <summary>The last <see cref="MaxOrders"/> orders and returns, and the cart.</summary>
public sealed record ShoppingFacts
{
    public const int MaxOrders = 100;

    /// <summary>Oldest first, cancelled ones too, so that an older version can't bring them back.</summary>
    public ImmutableList<KnownOrder> Orders { get; init; } = [];

    public ImmutableList<KnownReturn> Returns { get; init; } = [];

    public Latest<KnownCart>? Cart { get; init; }

    /// <summary>The first order there ever was, kept or not.</summary>
    public DateTimeOffset? FirstOrderAt { get; init; }

    [JsonIgnore]
    public IEnumerable<KnownOrder> Kept => Orders.Where(order => !order.Cancelled);

    public bool Has(Sku sku) => Kept.Any(order => order.Skus.Contains(sku) && !IsReturned(order, sku));

    internal ShoppingFacts With(Signal signal) => signal switch
    {
        OrderPlaced placed => Add(new(placed.Order, placed.OrderedAt ?? placed.At, placed.At, placed.Total, [.. placed.Skus], placed.Cancelled)),
        ProductReturned back => this with
        {
            Returns = [.. Returns.Add(new(back.Sku, back.Order, back.At, back.Id)).OrderBy(known => known.At).ThenBy(known => known.Id, StringComparer.Ordinal).TakeLast(MaxOrders)],
        },
        CartChanged cart => this with { Cart = Cart.Or(new(cart.Total, [.. cart.Skus]), cart) },
        _ => this,
    };

    private bool IsReturned(KnownOrder order, Sku sku) => Returns.Any(back => back.Sku == sku && (back.Order is { } id ? id == order.Id : back.At >= order.At));

    private ShoppingFacts Add(KnownOrder order)
    {
        var known = Orders.Find(other => other.Id == order.Id);
        // An older version that comes late still tells when it was ordered.
        var first = order.Cancelled ? FirstOrderAt : FirstOrderAt.Earlier(order.At);
        return known?.UpdatedAt > order.UpdatedAt ? this with { FirstOrderAt = first } : this with
        {
            Orders = [.. (known is null ? Orders : Orders.Remove(known)).Add(order).OrderBy(other => other.At).ThenBy(other => other.Id.Value, StringComparer.Ordinal).TakeLast(MaxOrders)],
            FirstOrderAt = first,
        };
    }
}

public sealed record KnownOrder(OrderId Id, DateTimeOffset At, DateTimeOffset UpdatedAt, Money Total, ImmutableList<Sku> Skus, bool Cancelled);

public sealed record KnownReturn(Sku Sku, OrderId? Order, DateTimeOffset At, string Id);

public sealed record KnownCart(Money Total, ImmutableList<Sku> Skus);
