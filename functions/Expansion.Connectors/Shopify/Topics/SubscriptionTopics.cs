using System.Globalization;
using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Connectors.Shopify.Topics;

/// <summary>A subscription began, or is another now. Its price isn't told; its plan is how often it comes.</summary>
internal sealed class ContractTopic(TimeProvider time) : IShopifyTopic
{
    private const string Created = "subscription_contracts/create";

    public IReadOnlySet<string> Topics { get; } = new HashSet<string>(StringComparer.Ordinal) { Created, "subscription_contracts/update" };

    public IReadOnlyList<IReceived> Read(ShopifyDelivery delivery)
    {
        var contract = delivery.Read<ContractPayload>();
        var customer = contract.CustomerId is { } number ? ShopifyCustomers.IdOf(number) : ShopifyCustomers.IdOfGid(contract.AdminGraphqlApiCustomerId ?? throw new JsonException("customer_id is missing."));
        var id = $"contract:{contract.Id}:{contract.RevisionId}:{contract.Status}";
        var at = delivery.TriggeredAt ?? time.GetUtcNow();
        var terms = new PlanTerms($"every {contract.BillingPolicy?.IntervalCount ?? 1} {contract.BillingPolicy?.Interval ?? "month"}");
        Signal? signal = contract.Status switch
        {
            "cancelled" or "expired" => new SubscriptionCancelled { Id = id, Customer = customer, At = at },
            "active" when delivery.Topic == Created => new SubscriptionStarted(terms) { Id = id, Customer = customer, At = at },
            "active" => new PlanChanged(terms) { Id = id, Customer = customer, At = at },
            _ => null,
        };
        return [new ShopperReceived(delivery.Shop, signal is null ? [] : [signal]) { Customer = customer, Contract = contract.Id.ToString(CultureInfo.InvariantCulture) }];
    }
}

/// <summary>A subscription was paid for again, or couldn't be.</summary>
internal sealed class BillingAttemptTopic(TimeProvider time) : IShopifyTopic
{
    private const string Paid = "subscription_billing_attempts/success";

    public IReadOnlySet<string> Topics { get; } = new HashSet<string>(StringComparer.Ordinal) { Paid, "subscription_billing_attempts/failure" };

    public IReadOnlyList<IReceived> Read(ShopifyDelivery delivery)
    {
        var attempt = delivery.Read<AttemptPayload>();
        var contract = attempt.SubscriptionContractId ?? ShopifyGid.Number(attempt.AdminGraphqlApiSubscriptionContractId) ?? throw new JsonException("subscription_contract_id is missing.");
        var (id, at) = ($"billing:{attempt.IdempotencyKey ?? delivery.Id}", delivery.TriggeredAt ?? time.GetUtcNow());
        List<Signal> signals = delivery.Topic == Paid
            ?
            [
                new PaymentSucceeded { Id = $"{id}:paid", Customer = ShopperReceived.Unknown, At = at },
                new SubscriptionRenewed { Id = $"{id}:renewed", Customer = ShopperReceived.Unknown, At = at },
            ]
            : [new PaymentFailed { Id = $"{id}:failed", Customer = ShopperReceived.Unknown, At = at }];
        return [new ShopperReceived(delivery.Shop, signals) { Contract = contract.ToString(CultureInfo.InvariantCulture) }];
    }
}

internal sealed record ContractPayload
{
    public required long Id { get; init; }

    public long? CustomerId { get; init; }

    public string? AdminGraphqlApiCustomerId { get; init; }

    public string? Status { get; init; }

    public string? RevisionId { get; init; }

    public BillingPolicyPayload? BillingPolicy { get; init; }
}

internal sealed record BillingPolicyPayload
{
    public string? Interval { get; init; }

    public int? IntervalCount { get; init; }
}

internal sealed record AttemptPayload
{
    public long? SubscriptionContractId { get; init; }

    public string? AdminGraphqlApiSubscriptionContractId { get; init; }

    public string? IdempotencyKey { get; init; }
}
