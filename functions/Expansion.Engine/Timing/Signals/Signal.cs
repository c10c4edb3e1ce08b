using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Expansion.Engine.Timing.Signals;

/// <summary>
/// Something that happened to a customer. The records of this folder are the published JSON schema (<see cref="SignalSchema"/>): their properties, and the attributes
/// on them, are what is checked. A new kind of signal is one record and one line here.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(UsageRecorded), "usage_recorded")]
[JsonDerivedType(typeof(FeatureUsed), "feature_used")]
[JsonDerivedType(typeof(LimitReached), "limit_reached")]
[JsonDerivedType(typeof(HealthScoreSet), "health_score_set")]
[JsonDerivedType(typeof(SegmentSet), "segment_set")]
[JsonDerivedType(typeof(TicketOpened), "ticket_opened")]
[JsonDerivedType(typeof(TicketResolved), "ticket_resolved")]
[JsonDerivedType(typeof(TicketReopened), "ticket_reopened")]
[JsonDerivedType(typeof(ReviewPosted), "review_posted")]
[JsonDerivedType(typeof(PriceChanged), "price_changed")]
[JsonDerivedType(typeof(PlanChanged), "plan_changed")]
[JsonDerivedType(typeof(SubscriptionStarted), "subscription_started")]
[JsonDerivedType(typeof(SubscriptionRenewed), "subscription_renewed")]
[JsonDerivedType(typeof(SubscriptionCancelled), "subscription_cancelled")]
[JsonDerivedType(typeof(PaymentFailed), "payment_failed")]
[JsonDerivedType(typeof(PaymentSucceeded), "payment_succeeded")]
[JsonDerivedType(typeof(OrderPlaced), "order_placed")]
[JsonDerivedType(typeof(ProductReturned), "product_returned")]
[JsonDerivedType(typeof(CartChanged), "cart_changed")]
[JsonDerivedType(typeof(OfferImpression), "offer_impression")]
[JsonDerivedType(typeof(OfferClick), "offer_click")]
[JsonDerivedType(typeof(OfferDismissed), "offer_dismissed")]
[JsonDerivedType(typeof(OfferComplained), "offer_complained")]
[JsonDerivedType(typeof(OfferOptedOut), "offer_opted_out")]
[JsonDerivedType(typeof(OfferConverted), "offer_converted")]
public abstract record Signal
{
    /// <summary>Stands for every customer who has the item, in a <see cref="PriceChanged"/>.</summary>
    public static readonly CustomerId Everybody = new("*");

    /// <summary>The sender's own id of the event: a second signal with the same one changes nothing.</summary>
    [Length(1, 255)]
    public required string Id { get; init; }

    /// <summary>Whom it happened to; "*" for a price that changes for everybody.</summary>
    [Length(1, 255)]
    public required CustomerId Customer { get; init; }

    /// <summary>When it happened, with its offset from UTC.</summary>
    public required DateTimeOffset At { get; init; }
}
