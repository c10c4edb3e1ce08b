using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Expansion.Engine;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Connectors.Shopify.Topics;

/// <summary>A cart names no customer: only one that an offer of ours lies in can be told whose it is.</summary>
internal sealed class CartTopic : IShopifyTopic
{
    public IReadOnlySet<string> Topics { get; } = new HashSet<string>(StringComparer.Ordinal) { "carts/create", "carts/update" };

    public IReadOnlyList<IReceived> Read(ShopifyDelivery delivery)
    {
        var cart = delivery.Read<CartPayload>();
        var lines = cart.Lines;
        var offers = lines.Select(line => OfferOf(line.Properties)).OfType<string>().Distinct().Take(CartSignals.MaxSkus).ToList();
        if (offers.Count == 0)
        {
            return [];
        }

        var at = (cart.UpdatedAt ?? delivery.TriggeredAt ?? throw new JsonException("updated_at is missing.")).ToUniversalTime();
        // Carts come with and without a key behind their token.
        var token = (cart.Token ?? cart.Id ?? throw new JsonException("token is missing.")).Split('?')[0];
        List<Signal> signals = [.. offers.Select(offer => new OfferClick { Id = ShopifyOffers.SignalId("click", offer), Customer = ShopperReceived.Unknown, At = at, Offer = offer })];
        if (CartSignals.Of($"cart:{token}", lines, null, at) is { } changed)
        {
            signals.Add(changed);
        }

        return [new ShopperReceived(delivery.Shop, signals) { Offers = offers }];
    }

    /// <summary>Properties are an object here, of any values; an empty one may also be a list, or null.</summary>
    private static string? OfferOf(JsonElement? properties) =>
        properties is { ValueKind: JsonValueKind.Object } bag && bag.TryGetProperty(ShopifyOffers.LineProperty, out var offer) && offer.ValueKind == JsonValueKind.String
            && offer.GetString() is { Length: > 0 and <= ShopifyOffers.MaxId } id ? id : null;
}

/// <summary>A checkout is a cart with a customer, as soon as they have said who they are; once it is completed, it is an order and no cart.</summary>
internal sealed class CheckoutTopic : IShopifyTopic
{
    public IReadOnlySet<string> Topics { get; } = new HashSet<string>(StringComparer.Ordinal) { "checkouts/create", "checkouts/update" };

    public IReadOnlyList<IReceived> Read(ShopifyDelivery delivery)
    {
        var checkout = delivery.Read<CartPayload>();
        if (checkout.Customer?.Id is not { } customer)
        {
            return [];
        }

        var at = (checkout.UpdatedAt ?? delivery.TriggeredAt ?? throw new JsonException("updated_at is missing.")).ToUniversalTime();
        var token = checkout.Token ?? checkout.Id ?? delivery.Id;
        return CartSignals.Of($"checkout:{token}", checkout.CompletedAt is null ? checkout.Lines : [], checkout.Currency, at) is { } changed
            ? [new ShopperReceived(delivery.Shop, [changed]) { Customer = ShopifyCustomers.IdOf(customer) }]
            : [];
    }
}

internal static class CartSignals
{
    /// <summary>What a queue message has room for, whatever the SKUs.</summary>
    public const int MaxSkus = 50;

    /// <summary>Null when the currency isn't told, and so no total can be.</summary>
    public static CartChanged? Of(string id, IReadOnlyList<CartLinePayload> lines, string? currency, DateTimeOffset at)
    {
        var skus = lines.Where(line => line.Quantity > 0).Select(line => ShopifyOrderMapper.KeyOf(line.Sku, line.VariantId, line.ProductId)).OfType<Sku>().Distinct().Take(MaxSkus).ToList();
        return (currency ?? lines.Select(line => line.PriceSet?.ShopMoney?.CurrencyCode).FirstOrDefault(code => code is not null)) is { } code
            ? new CartChanged(new(lines.Sum(line => line.LinePrice ?? ((line.Price ?? 0) * (line.Quantity ?? 0))), code), skus)
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"{id}:{at.UtcTicks}"),
                Customer = ShopperReceived.Unknown,
                At = at,
            }
            : null;
    }
}

internal sealed record CartPayload
{
    public string? Id { get; init; }

    public string? Token { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public string? CompletedAt { get; init; }

    public string? Currency { get; init; }

    public CustomerPayload? Customer { get; init; }

    public IReadOnlyList<CartLinePayload?>? LineItems { get; init; }

    [JsonIgnore]
    public IReadOnlyList<CartLinePayload> Lines => [.. (LineItems ?? []).OfType<CartLinePayload>()];
}

internal sealed record CartLinePayload
{
    public JsonElement? Properties { get; init; }

    public int? Quantity { get; init; }

    public long? VariantId { get; init; }

    public long? ProductId { get; init; }

    public string? Sku { get; init; }

    public decimal? Price { get; init; }

    public decimal? LinePrice { get; init; }

    public MoneySetPayload? PriceSet { get; init; }
}

internal sealed record MoneySetPayload
{
    public MoneyPayload? ShopMoney { get; init; }
}

internal sealed record MoneyPayload
{
    public decimal? Amount { get; init; }

    public string? CurrencyCode { get; init; }
}
