using System.Globalization;
using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Compliance;

namespace Expansion.Connectors.Shopify.Topics;

internal sealed class DataRequestTopic : IShopifyTopic
{
    public IReadOnlySet<string> Topics { get; } = new HashSet<string>(StringComparer.Ordinal) { "customers/data_request" };

    public IReadOnlyList<IReceived> Read(ShopifyDelivery delivery)
    {
        var body = CompliancePayload.Of(delivery);
        // Without an id of its own the request is known by the delivery's.
        var id = body.DataRequest?.Id?.ToString(CultureInfo.InvariantCulture) ?? new string([.. delivery.Id.Where(char.IsAsciiLetterOrDigit)]);
        return [new CustomerDataRequested(delivery.Shop, id, ShopifyCustomers.Named(body.Customer?.Id, body.Customer?.Email, (body.OrdersRequested ?? []).OfType<long>()))];
    }
}

internal sealed class CustomerRedactTopic : IShopifyTopic
{
    public IReadOnlySet<string> Topics { get; } = new HashSet<string>(StringComparer.Ordinal) { "customers/redact" };

    public IReadOnlyList<IReceived> Read(ShopifyDelivery delivery)
    {
        var body = CompliancePayload.Of(delivery);
        return [new CustomerErasureRequested(delivery.Shop, ShopifyCustomers.Named(body.Customer?.Id, body.Customer?.Email, (body.OrdersToRedact ?? []).OfType<long>()))];
    }
}

/// <summary>The merchant deleted a customer: nothing is left to know about them.</summary>
internal sealed class CustomerDeleteTopic : IShopifyTopic
{
    public IReadOnlySet<string> Topics { get; } = new HashSet<string>(StringComparer.Ordinal) { "customers/delete" };

    public IReadOnlyList<IReceived> Read(ShopifyDelivery delivery) =>
        [new CustomerErasureRequested(delivery.Shop, ShopifyCustomers.Named(delivery.Read<SubjectPayload>().Id, null, []))];
}

internal sealed class ShopRedactTopic : IShopifyTopic
{
    public IReadOnlySet<string> Topics { get; } = new HashSet<string>(StringComparer.Ordinal) { "shop/redact" };

    public IReadOnlyList<IReceived> Read(ShopifyDelivery delivery)
    {
        CompliancePayload.Of(delivery);
        return [new ShopErasureRequested(delivery.Shop)];
    }
}

internal sealed record CompliancePayload
{
    public SubjectPayload? Customer { get; init; }

    public IReadOnlyList<long?>? OrdersRequested { get; init; }

    public IReadOnlyList<long?>? OrdersToRedact { get; init; }

    public SubjectPayload? DataRequest { get; init; }

    public string? ShopDomain { get; init; }

    /// <summary>The header that names the shop isn't signed, the body is: where they differ, somebody sends one shop's delivery in another's name.</summary>
    /// <exception cref="JsonException">They differ.</exception>
    public static CompliancePayload Of(ShopifyDelivery delivery)
    {
        var body = delivery.Read<CompliancePayload>();
        return ShopId.TryFrom(body.ShopDomain, out var named) && named != delivery.Shop ? throw new JsonException($"shop_domain is {named}.") : body;
    }
}

internal sealed record SubjectPayload
{
    public long? Id { get; init; }

    public string? Email { get; init; }
}
