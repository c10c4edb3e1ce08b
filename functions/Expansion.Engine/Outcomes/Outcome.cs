using System.Text.Json.Serialization;
using Expansion.Engine.Metrics.Facts;

namespace Expansion.Engine.Outcomes;

public enum OutcomeKind
{
    Impression,
    Click,
    Dismissal,
    Complaint,
    OptOut,

    /// <summary>An order as last heard of, returns included.</summary>
    Order,

    /// <summary>A sale or renewal, without tax and shipping.</summary>
    Revenue,

    /// <summary>Counts on its own day.</summary>
    Refund,

    /// <summary>How content somebody said to be, 1 to 5.</summary>
    Satisfaction,
}

public static class OutcomeKinds
{
    /// <summary>Whether it tells of a showing rather than of the customer's own doing.</summary>
    public static bool IsOfOffer(this OutcomeKind kind) => kind is OutcomeKind.Impression or OutcomeKind.Click or OutcomeKind.Dismissal;
}

/// <summary>What became of an offer or of an order. A later one of the same kind and id replaces it.</summary>
/// <param name="Id">The source's own; for an impression or click the impression's.</param>
public sealed record Outcome(string Id, OutcomeKind Kind, DateTimeOffset At, CustomerId? Customer = null)
{
    public OutcomeTags Tags { get; init; } = OutcomeTags.None;

    /// <summary>Of a click and what follows: when its impression was shown, which is the day it counts on.</summary>
    public DateTimeOffset? ShownAt { get; init; }

    public bool Bot { get; init; }

    public OrderFact? Order { get; init; }

    /// <summary>Of an impression: what it showed.</summary>
    public IReadOnlyList<Sku> Products { get; init; } = [];

    /// <summary>Of an impression: it offered more of the same, and not something that goes with it.</summary>
    public bool Upsell { get; init; }

    /// <summary>The order behind it, to drill down to; of revenue and a refund the one they belong to.</summary>
    public OrderId? OrderId { get; init; }

    /// <summary>Of revenue and refunds, both positive; of satisfaction, 1 to 5.</summary>
    public decimal Amount { get; init; }

    /// <summary>Of an amount that isn't in the shop's currency, its code: it is counted apart, and never converted.</summary>
    public string? Currency { get; init; }

    /// <summary>What of the amount is left after cost and incentive; null where a cost isn't known.</summary>
    public decimal? Margin { get; init; }

    public RevenueKind RevenueKind { get; init; }

    [JsonIgnore]
    public DateTimeOffset CountsAt => ShownAt ?? At;
}

/// <summary>What a figure can be broken down by.</summary>
/// <param name="Source">Of the recommendation, e.g. affinity.</param>
/// <param name="Cohort">The month of the customer's first order.</param>
public sealed record OutcomeTags(string? Touchpoint = null, string? Source = null, string? Segment = null, YearMonth? Cohort = null)
{
    public static OutcomeTags None { get; } = new();

    /// <summary>The whole, and one slice for each tag that is known.</summary>
    [JsonIgnore]
    public IReadOnlyList<Slice> Slices =>
    [
        Slice.All,
        .. Touchpoint is null ? Array.Empty<Slice>() : [new(SliceKind.Touchpoint, Touchpoint)],
        .. Source is null ? Array.Empty<Slice>() : [new(SliceKind.Source, Source)],
        .. Segment is null ? Array.Empty<Slice>() : [new(SliceKind.Segment, Segment)],
        .. Cohort is null ? Array.Empty<Slice>() : [new(SliceKind.Cohort, Cohort.Value.ToString())],
    ];
}

public enum SliceKind
{
    All,
    Touchpoint,
    Source,
    Segment,
    Cohort,
}

/// <summary>A part of a shop's business, e.g. touchpoint cart_page.</summary>
public readonly record struct Slice(SliceKind Kind, [property: JsonPropertyName("name")] string Value)
{
    public static Slice All { get; } = new(SliceKind.All, "");
}
