using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Shops;

namespace Expansion.Connectors.Shopify.Topics;

/// <summary>A merge is told when it begins, and when it has failed, too: only one that is done counts.</summary>
internal sealed class CustomersMergeTopic : IShopifyTopic
{
    public IReadOnlySet<string> Topics { get; } = new HashSet<string>(StringComparer.Ordinal) { "customers/merge" };

    public IReadOnlyList<IReceived> Read(ShopifyDelivery delivery)
    {
        var merge = delivery.Read<MergePayload>();
        if (!"completed".Equals(merge.Status, StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        var (kept, gone) = (ShopifyCustomers.IdOfGid(merge.AdminGraphqlApiCustomerKeptId), ShopifyCustomers.IdOfGid(merge.AdminGraphqlApiCustomerDeletedId));
        return kept == gone ? throw new JsonException($"{kept} is merged with itself.") : [new CustomersMerged(delivery.Shop, kept, gone)];
    }
}

internal sealed record MergePayload
{
    public string? AdminGraphqlApiCustomerKeptId { get; init; }

    public string? AdminGraphqlApiCustomerDeletedId { get; init; }

    public string? Status { get; init; }
}
