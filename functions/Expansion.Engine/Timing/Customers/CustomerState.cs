using System.Collections.Immutable;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Timing.Customers;

/// <summary>
/// All that is known of a customer, folded from signals. Any order of the same signals folds to the same facts: of a thing that changes the newest word counts,
/// sums add, and a repeated id changes nothing. Every part is bounded, so that the row it is kept in is.
/// </summary>
public sealed record CustomerState(CustomerId Customer)
{
    public const int MaxScores = 60;

    public DateTimeOffset? FirstAt { get; init; }

    public DateTimeOffset? LastAt { get; init; }

    public SubscriptionFacts Subscription { get; init; } = new();

    public UsageFacts Usage { get; init; } = new();

    public SupportFacts Support { get; init; } = new();

    public ShoppingFacts Shopping { get; init; } = new();

    public OfferFacts Offers { get; init; } = new();

    /// <summary>Health scores from outside, oldest first.</summary>
    public ImmutableList<Latest<double>> Scores { get; init; } = [];

    public Latest<string>? Segment { get; init; }

    public SeenSignals Seen { get; init; } = SeenSignals.None;

    /// <param name="zone">The shop's own, which decides what a day is.</param>
    /// <returns>The same state when the signal is known already.</returns>
    public CustomerState With(Signal signal, TimeZoneInfo zone) => Seen.With(signal.Id) is var seen && ReferenceEquals(seen, Seen) ? this : this with
    {
        FirstAt = FirstAt.Earlier(signal.At),
        LastAt = LastAt.Later(signal.At),
        Subscription = Subscription.With(signal),
        Usage = Usage.With(signal, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(signal.At, zone).DateTime)),
        Support = Support.With(signal),
        Shopping = Shopping.With(signal),
        Offers = Offers.With(signal),
        Scores = signal is HealthScoreSet set
            ? [.. Scores.Add(new(set.Score, set.At, set.Id)).OrderBy(score => score.At).ThenBy(score => score.Id, StringComparer.Ordinal).TakeLast(MaxScores)]
            : Scores,
        Segment = signal is SegmentSet segment ? Segment.Or(segment.Segment, segment) : Segment,
        Seen = seen,
    };

    /// <summary>Whether the customer has the plan, or has bought and kept the product.</summary>
    public bool Has(string item) => Subscription.Terms?.Value.Plan == item || Shopping.Has(new(item));
}
