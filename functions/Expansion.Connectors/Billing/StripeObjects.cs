using System.Text.Json;
using System.Text.Json.Serialization;

namespace Expansion.Connectors.Billing;

// Of Stripe's objects, what is read. Everything may be missing; what else there is is passed over.

/// <param name="Created">Unix seconds, as all times here.</param>
public sealed record StripeEvent(string Id, string Type, long Created, bool? Livemode, StripeChange Data);

/// <param name="PreviousAttributes">Old values of what changed.</param>
public sealed record StripeChange([property: JsonPropertyName("object")] JsonElement Subject, JsonElement? PreviousAttributes = null);

internal sealed record StripeSubscription
{
    public string? Id { get; init; }

    public ExpandableId? Customer { get; init; }

    public string? Status { get; init; }

    public bool? CancelAtPeriodEnd { get; init; }

    public long? CancelAt { get; init; }

    public long? EndedAt { get; init; }

    public long? StartDate { get; init; }

    /// <summary>On the items since API 2025-03-31.</summary>
    public long? CurrentPeriodEnd { get; init; }

    public JsonElement? PauseCollection { get; init; }

    public StripeList<StripeItem>? Items { get; init; }

    /// <summary>Of versions before 2025-03-31, in full.</summary>
    public StripeDiscount? Discount { get; init; }

    /// <summary>Ids, where Stripe wasn't asked to send them in full.</summary>
    public IReadOnlyList<StripeDiscount?>? Discounts { get; init; }

    /// <summary>Something is taken off that the event names by its id alone.</summary>
    public bool HasUnknownDiscount => (Discounts ?? []).Concat(Items?.All.SelectMany(item => item.Discounts ?? []) ?? []).Append(Discount).Any(discount => discount is { Coupon: null });

    public IEnumerable<StripeCoupon> Coupons => (Discounts ?? []).Append(Discount).Select(discount => discount?.Coupon).OfType<StripeCoupon>().DistinctBy(coupon => coupon.Id);

    public long? PeriodEnd => Items?.All.Select(item => item.CurrentPeriodEnd).Max() ?? CurrentPeriodEnd;

    public bool IsPaused => PauseCollection is { ValueKind: JsonValueKind.Object };
}

internal sealed record StripeList<T>
    where T : class
{
    public IReadOnlyList<T?>? Data { get; init; }

    public IReadOnlyList<T> All => [.. (Data ?? []).OfType<T>()];
}

[JsonConverter(typeof(StripeDiscountConverter))]
internal sealed record StripeDiscount(StripeCoupon? Coupon);

/// <param name="PercentOff">From 0 to 100.</param>
/// <param name="AmountOff">Minor units, off each invoice.</param>
/// <param name="Duration">forever, repeating or once.</param>
internal sealed record StripeCoupon(string? Id = null, decimal? PercentOff = null, decimal? AmountOff = null, string? Currency = null, string? Duration = null);

/// <summary>An id says nothing; an object holds its coupon, since 2025-09-30 as its source.</summary>
internal sealed class StripeDiscountConverter : JsonConverter<StripeDiscount>
{
    public override StripeDiscount Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        var discount = json.RootElement;
        var holder = discount.ValueKind == JsonValueKind.Object && discount.TryGetProperty("source", out var source) ? source : discount;
        return new(holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty("coupon", out var coupon) && coupon.ValueKind == JsonValueKind.Object ? coupon.Deserialize<StripeCoupon>(options) : null);
    }

    public override void Write(Utf8JsonWriter writer, StripeDiscount value, JsonSerializerOptions options) => throw new NotSupportedException("Discounts are read only.");
}

internal sealed record StripeItem
{
    public string? Id { get; init; }

    public StripePrice? Price { get; init; }

    public long? Quantity { get; init; }

    public long? CurrentPeriodEnd { get; init; }

    /// <summary>Of this item alone.</summary>
    public IReadOnlyList<StripeDiscount?>? Discounts { get; init; }

    /// <summary>What its subscription's recurring revenue counts by: usage isn't known beforehand.</summary>
    public bool IsMetered => Price?.Recurring?.UsageType == "metered";
}

internal sealed record StripePrice
{
    public string? Id { get; init; }

    public string? LookupKey { get; init; }

    public string? Nickname { get; init; }

    public ExpandableId? Product { get; init; }

    public string? Currency { get; init; }

    public decimal? UnitAmount { get; init; }

    public decimal? UnitAmountDecimal { get; init; }

    public StripeRecurring? Recurring { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Metadata { get; init; }

    /// <summary>Minor units.</summary>
    public decimal? Amount => UnitAmountDecimal ?? UnitAmount;

    /// <summary>The name the plan goes by: the one its people chose, if they did.</summary>
    public string? Plan => LookupKey ?? Nickname ?? Id;
}

internal sealed record StripeRecurring
{
    public string? Interval { get; init; }

    public long? IntervalCount { get; init; }

    public string? UsageType { get; init; }
}

internal sealed record StripeInvoice
{
    public ExpandableId? Customer { get; init; }

    public string? BillingReason { get; init; }

    public string? Currency { get; init; }

    public long? PeriodEnd { get; init; }

    /// <summary>Of versions before 2025-03-31; since then below the parent.</summary>
    public ExpandableId? Subscription { get; init; }

    public StripeParent? Parent { get; init; }

    public StripeDiscount? Discount { get; init; }

    public IReadOnlyList<StripeDiscount?>? Discounts { get; init; }

    /// <summary>Something is taken off, and the event doesn't say what: where it does, the subscription's events do, too, and tell what of it lasts.</summary>
    public bool HasUnknownDiscount => (Discounts ?? []).Append(Discount).All(discount => discount?.Coupon is null) && Lines?.All.Any(line => line.DiscountAmounts is { Count: > 0 }) == true;

    public string? SubscriptionId => Parent?.SubscriptionDetails?.Subscription?.Id ?? Subscription?.Id;

    public StripeList<StripeInvoiceLine>? Lines { get; init; }
}

/// <summary>Since API 2025-03-31, what an invoice or a line of it is for.</summary>
internal sealed record StripeParent(StripeParentDetails? SubscriptionDetails = null, StripeParentDetails? SubscriptionItemDetails = null);

internal sealed record StripeParentDetails(ExpandableId? Subscription = null, bool? Proration = null);

internal sealed record StripeInvoiceLine
{
    /// <summary>Minor units, before discounts.</summary>
    public decimal? Amount { get; init; }

    /// <summary>What came off it.</summary>
    public IReadOnlyList<StripeDiscountAmount?>? DiscountAmounts { get; init; }

    public StripePeriod? Period { get; init; }

    /// <summary>Of versions before 2025-03-31; since then below the parent.</summary>
    public bool? Proration { get; init; }

    public StripeParent? Parent { get; init; }

    public bool IsProration => Proration ?? Parent?.SubscriptionItemDetails?.Proration ?? false;

    public decimal Net => (Amount ?? 0) - (DiscountAmounts?.Sum(discount => discount?.Amount ?? 0) ?? 0);
}

internal sealed record StripeDiscountAmount(decimal? Amount = null);

internal sealed record StripePeriod(long? Start = null, long? End = null);

internal sealed record StripeAlertTriggered
{
    public ExpandableId? Customer { get; init; }

    public double? Value { get; init; }

    public StripeAlert? Alert { get; init; }
}

internal sealed record StripeAlert
{
    public string? Title { get; init; }

    public StripeThreshold? UsageThreshold { get; init; }
}

internal sealed record StripeThreshold(double? Gte = null);

/// <summary>An id, or the whole object in its place.</summary>
[JsonConverter(typeof(ExpandableIdConverter))]
internal sealed record ExpandableId(string? Id);

internal sealed class ExpandableIdConverter : JsonConverter<ExpandableId>
{
    public override ExpandableId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        return new(json.RootElement.ValueKind switch
        {
            JsonValueKind.String => json.RootElement.GetString(),
            JsonValueKind.Object when json.RootElement.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String => id.GetString(),
            _ => null,
        });
    }

    public override void Write(Utf8JsonWriter writer, ExpandableId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Id);
}
