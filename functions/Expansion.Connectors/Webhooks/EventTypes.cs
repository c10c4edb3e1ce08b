namespace Expansion.Connectors.Webhooks;

/// <summary>The types of the events that we send. docs/webhooks.md says what each holds.</summary>
public static class EventTypes
{
    /// <summary>An offer goes out by itself: by e-mail, or through a person.</summary>
    public const string OfferMade = "offer.made";

    /// <summary>An offer that a person is to make.</summary>
    public const string OpportunityCreated = "opportunity.created";

    public const string OpportunityWon = "opportunity.won";

    public const string OpportunityLost = "opportunity.lost";

    /// <summary>An offer or a touchpoint is used less, because it annoys.</summary>
    public const string OfferThrottled = "offer.throttled";

    /// <summary>A metric left its band.</summary>
    public const string MetricAlert = "metric.alert";

    public static IReadOnlyList<string> All { get; } = [MetricAlert, OfferMade, OfferThrottled, OpportunityCreated, OpportunityWon, OpportunityLost];
}
