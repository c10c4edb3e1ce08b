using System.Collections.Immutable;
using Expansion.Engine.Offers;
using Expansion.Engine.Offers.Pricing.Anchors;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Timing.Customers;

/// <summary>What was offered, what became of it, and what the customer doesn't want. Opt-outs are never forgotten.</summary>
public sealed record OfferFacts
{
    /// <summary>More than the caps can let through in the longest cooldown.</summary>
    public const int MaxMade = 100;

    public const int MaxRejections = 100;

    /// <summary>Oldest first.</summary>
    public ImmutableList<MadeOffer> Made { get; init; } = [];

    /// <summary>Oldest first.</summary>
    public ImmutableList<Rejection> Rejections { get; init; } = [];

    public DateTimeOffset? OptedOutAt { get; init; }

    public ImmutableDictionary<Channel, DateTimeOffset> ChannelOptOuts { get; init; } = [];

    /// <summary>Adds an offer that was decided on. A second one of the same id changes nothing.</summary>
    public OfferFacts With(MadeOffer made) => Made.Exists(known => known.Id == made.Id)
        ? this
        : this with { Made = [.. Made.Add(made).OrderBy(known => known.At).TakeLast(MaxMade)] };

    /// <summary>The first time counts.</summary>
    public OfferFacts With(OfferOptedOut no) => no.Channel is { } channel
        ? this with { ChannelOptOuts = ChannelOptOuts.SetItem(channel, ChannelOptOut(channel).Earlier(no.At)) }
        : this with { OptedOutAt = OptedOutAt.Earlier(no.At) };

    internal OfferFacts With(Signal signal) => signal switch
    {
        OfferImpression shown => Change(shown.Offer, made => made with { ShownAt = made.ShownAt.Earlier(shown.At) }),
        OfferClick click => Change(click.Offer, made => made with { ClickedAt = made.ClickedAt.Earlier(click.At) }),
        OfferConverted converted => Change(converted.Offer, made => made with { ConvertedAt = made.ConvertedAt.Earlier(converted.At) }),
        OfferDismissed no => Change(no.Offer, made => made with { DismissedAt = made.DismissedAt.Earlier(no.At) }).Reject(no, no.Reason, complaint: false),
        OfferComplained no => Change(no.Offer, made => made with { ComplainedAt = made.ComplainedAt.Earlier(no.At) }).Reject(no, no.Reason, complaint: true),
        OfferOptedOut no => With(no),
        _ => this,
    };

    public DateTimeOffset? ChannelOptOut(Channel channel) => ChannelOptOuts.TryGetValue(channel, out var at) ? at : null;

    private OfferFacts Change(string id, Func<MadeOffer, MadeOffer> change) =>
        Made.FindIndex(made => made.Id == id) is var at and >= 0 ? this with { Made = Made.SetItem(at, change(Made[at])) } : this;

    private OfferFacts Reject(OfferSignal no, string? reason, bool complaint)
    {
        if (Made.Find(made => made.Id == no.Offer) is not { } made)
        {
            return this;
        }

        var rejection = new Rejection(made.Id, made.Target, made.Like, made.Angle, made.Touchpoint, no.At, complaint)
        {
            AfterSeconds = made.ShownAt <= no.At ? (long)(no.At - made.ShownAt.Value).TotalSeconds : null,
            CartTotal = made.CartTotal,
            Reason = reason,
        };
        return this with { Rejections = [.. Rejections.Add(rejection).OrderBy(known => known.At).ThenBy(known => known.Offer, StringComparer.Ordinal).TakeLast(MaxRejections)] };
    }
}

/// <param name="Like">What it is remembered under when it is rejected.</param>
/// <param name="Occasion">The moment it was made for: once is enough.</param>
public sealed record MadeOffer(string Id, DateTimeOffset At, OfferKind Kind, string Target, string Like, Touchpoint Touchpoint, Angle Angle, string Occasion)
{
    public string? Interaction { get; init; }

    public string? Session { get; init; }

    /// <summary>The experiment's arm it was made in.</summary>
    public ExperimentArm? Arm { get; init; }

    /// <summary>Who proposed it.</summary>
    public string? Source { get; init; }

    /// <summary>What its price was put beside, if anything.</summary>
    public AnchorKind? Anchor { get; init; }

    public Money? CartTotal { get; init; }

    public DateTimeOffset? ShownAt { get; init; }

    public DateTimeOffset? ClickedAt { get; init; }

    public DateTimeOffset? DismissedAt { get; init; }

    public DateTimeOffset? ComplainedAt { get; init; }

    public DateTimeOffset? ConvertedAt { get; init; }
}

/// <summary>A no, with what it was said to and when.</summary>
/// <param name="At">When the customer said so; the silence counts from here.</param>
public sealed record Rejection(string Offer, string Target, string Like, Angle Angle, Touchpoint Touchpoint, DateTimeOffset At, bool Complaint)
{
    /// <summary>How long after it was shown.</summary>
    public long? AfterSeconds { get; init; }

    public Money? CartTotal { get; init; }

    public string? Reason { get; init; }
}
