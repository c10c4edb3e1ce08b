using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Expansion.Engine.Offers.Pricing.Presentation;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;

namespace Expansion.Engine.Offers;

/// <summary>An offer, or a silence, with everything that led to it: an entry of the ledger.</summary>
/// <param name="Id">Newer ones come first in ordinal order.</param>
/// <param name="Offer">What is offered; null for a silence.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record Decision(string Id, CustomerId Customer, DateTimeOffset At, Touchpoint Touchpoint, ChosenOffer? Offer, string Reason)
{
    public string? Interaction { get; init; }

    public string? Session { get; init; }

    public IReadOnlyList<DecisionFact> Facts { get; init; } = [];

    public IReadOnlyList<TriggerReading> Triggers { get; init; } = [];

    public IReadOnlyList<RuleReading> Rules { get; init; } = [];

    public IReadOnlyList<string> Occasions { get; init; } = [];

    public IReadOnlyList<Suppression> Suppressions { get; init; } = [];

    public IReadOnlyList<CandidateReading> Candidates { get; init; } = [];

    public DecisionSources Sources { get; init; } = DecisionSources.None;

    /// <summary>The offer in words; null where nothing is known to word it with, or it may not be worded so.</summary>
    public OfferPresentation? Presentation { get; init; }

    /// <summary>Why it may not be worded so, e.g. a discount on a price that was never asked.</summary>
    public IReadOnlyList<string> PresentationRefusals { get; init; } = [];

    /// <summary>When the moment will be looked at again; null when it won't.</summary>
    public DateTimeOffset? AgainAt { get; init; }

    /// <summary>What became of the offer, as far as it is known.</summary>
    public MadeOffer? Made { get; init; }

    /// <summary>Ticks until the end of time, so that newer ids come first, and a hash of what was decided on: deciding the same again gives the same id.</summary>
    public static string IdOf(TimingContext context, IEnumerable<string> what)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{context.Customer.Customer}\n{context.Touchpoint}\n{context.Interaction}\n{string.Join('\n', what)}"));
        return string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.MaxValue.UtcTicks - context.Now.UtcTicks:x16}-{Convert.ToHexStringLower(hash.AsSpan(0, 8))}");
    }
}

/// <param name="Gains">What an upsell adds.</param>
public sealed record ChosenOffer(OfferKind Kind, string Target, string? Title, Money? Price, Angle Angle, string Occasion, string Because, IReadOnlyList<string> Gains)
{
    /// <summary>What it brings the cart to, where that is what speaks for it.</summary>
    public Money? CartTotal { get; init; }
}

public sealed record DecisionFact(string Name, string Value);

/// <param name="Refusal">Why it wasn't taken; null for one that could be.</param>
public sealed record CandidateReading(OfferKind Kind, string Target, double Score, string Source, string? Refusal);

/// <summary>What a decision rested on.</summary>
/// <param name="Rules">The version of the rules.</param>
/// <param name="Model">The version of what proposed the candidates.</param>
/// <param name="Arm">The experiment's arm the customer was in.</param>
public sealed record DecisionSources(string Rules, string? Model, ExperimentArm? Arm)
{
    public static DecisionSources None { get; } = new("0", null, null);
}
