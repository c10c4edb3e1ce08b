using System.Globalization;
using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Connectors.Shopify.Topics;

/// <summary>Of what a shop knows of its customers only the word that counts here is taken: no more mail, please. Names and addresses aren't kept.</summary>
internal sealed class CustomerTopic : IShopifyTopic
{
    public IReadOnlySet<string> Topics { get; } = new HashSet<string>(StringComparer.Ordinal) { "customers/create", "customers/update" };

    public IReadOnlyList<IReceived> Read(ShopifyDelivery delivery)
    {
        var customer = delivery.Read<ShopifyCustomerPayload>();
        if (customer.EmailMarketingConsent is not { State: "unsubscribed" } consent || (consent.ConsentUpdatedAt ?? customer.UpdatedAt ?? delivery.TriggeredAt) is not { } at)
        {
            return [];
        }

        var id = ShopifyCustomers.IdOf(customer.Id);
        var signal = new OfferOptedOut(Channel.Email) { Id = string.Create(CultureInfo.InvariantCulture, $"consent:{id}:{at.UtcTicks}"), Customer = id, At = at.ToUniversalTime() };
        return [new ShopperReceived(delivery.Shop, [signal]) { Customer = id }];
    }
}

internal sealed record ShopifyCustomerPayload
{
    public required long Id { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public ConsentPayload? EmailMarketingConsent { get; init; }
}

internal sealed record ConsentPayload
{
    public string? State { get; init; }

    public DateTimeOffset? ConsentUpdatedAt { get; init; }
}
