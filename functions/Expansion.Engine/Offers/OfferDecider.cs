using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;

namespace Expansion.Engine.Offers;

/// <summary>Turns a reading and candidates into one decision: at most one offer, else a silence that says why.</summary>
public static class OfferDecider
{
    /// <summary>Candidates that a ledger entry keeps.</summary>
    private const int MaxCandidates = 20;

    /// <param name="proposed">What could be offered besides plans, by others. Not looked at when there is nothing to speak of.</param>
    public static Decision Decide(TimingContext context, TimingReading reading, IReadOnlyList<Candidate> proposed, DecisionSources sources)
    {
        var options = reading.MaySpeak ? Options(context, reading, proposed) : [];
        var chosen = options.Find(option => option.Refusal is null);
        var decision = new Decision(
            Decision.IdOf(context, chosen is null ? [.. reading.Occasions.Select(occasion => occasion.Key), .. reading.Suppressions.Select(suppression => suppression.Name)] : [chosen.Occasion.Key, chosen.Candidate.Target]),
            context.Customer.Customer,
            context.Now,
            context.Touchpoint,
            chosen is null ? null : Offer(chosen),
            chosen is null ? Silence(reading, options) : chosen.Occasion.Reason)
        {
            Interaction = context.Interaction,
            Session = context.Session,
            Facts = DecisionFacts.Of(context),
            Triggers = reading.Triggers,
            Rules = reading.Rules,
            Occasions = [.. reading.Occasions.Select(occasion => occasion.Key)],
            Suppressions = reading.Suppressions,
            Candidates = [.. options.Take(MaxCandidates).Select(option => new CandidateReading(option.Candidate.Kind, option.Candidate.Target, option.Candidate.Score, option.Candidate.Source, option.Refusal))],
            Sources = sources,
            AgainAt = reading.AgainAt,
        };
        return chosen is null ? decision : decision with { Made = Made(context, decision, chosen) };
    }

    /// <summary>Every candidate once, best first.</summary>
    private static List<Option> Options(TimingContext context, TimingReading reading, IReadOnlyList<Candidate> proposed)
    {
        IReadOnlyList<Candidate> all = [.. proposed, .. PlanCandidates.Find(context)];
        var stage = Adoption.Of(context).Stage;
        return
        [
            .. reading.Occasions
                .SelectMany(occasion => occasion.Rule is { } rule ? rule.Then.Find(context, proposed).Select(candidate => (occasion, candidate)) : all.Select(candidate => (occasion, candidate)))
                .DistinctBy(pair => (pair.candidate.Kind, pair.candidate.Target))
                .Select(pair => Read(context, pair.occasion, pair.candidate))
                .OrderBy(option => option.Occasion.Rule is null)
                .ThenBy(option => Rank(option.Candidate.Kind, stage))
                .ThenByDescending(option => option.Candidate.Score)
                .ThenBy(option => option.Candidate.Price?.Amount)
                .ThenBy(option => option.Candidate.Target, StringComparer.Ordinal),
        ];
    }

    private static Option Read(TimingContext context, Occasion occasion, Candidate candidate)
    {
        var refusal = CandidateRefusals.Of(context, candidate);
        var angle = refusal is null ? AngleChooser.Choose(context, candidate, occasion.Name) : null;
        return new(occasion, candidate, angle, refusal ?? (angle is null ? "It was rejected from every side it can be offered from." : null));
    }

    /// <summary>Cross-sell first while adoption isn't deep, upsell first when it is.</summary>
    private static int Rank(OfferKind kind, AdoptionStage stage) => (kind == OfferKind.CrossSell) == (stage != AdoptionStage.Deep) ? 0 : 1;

    private static ChosenOffer Offer(Option chosen) => new(
        chosen.Candidate.Kind,
        chosen.Candidate.Target,
        chosen.Candidate.Title,
        chosen.Candidate.Price,
        chosen.Angle!,
        chosen.Occasion.Key,
        chosen.Candidate.Because ?? chosen.Occasion.Reason,
        chosen.Candidate.Gains)
    {
        CartTotal = chosen.Candidate.CartTotal,
    };

    private static MadeOffer Made(TimingContext context, Decision decision, Option chosen) =>
        new(decision.Id, decision.At, chosen.Candidate.Kind, chosen.Candidate.Target, chosen.Candidate.Like, decision.Touchpoint, chosen.Angle!, chosen.Occasion.Key)
        {
            // What is sent is an interaction of its own.
            Interaction = context.Interaction,
            Session = context.Session,
            Arm = context.Arm,
            Source = chosen.Candidate.Source,
            CartTotal = context.Customer.Shopping.Cart?.Value.Total,
        };

    private static string Silence(TimingReading reading, List<Option> options) =>
        reading.Suppressions.Count > 0 ? string.Join(' ', reading.Suppressions.Select(suppression => suppression.Reason))
        : reading.Occasions.Count == 0 ? "There is no occasion: no trigger and no rule fires here that wasn't spoken about."
        : options.Count == 0 ? "There is an occasion, but nothing to offer."
        : "There is an occasion, but everything that could be offered is refused.";

    private sealed record Option(Occasion Occasion, Candidate Candidate, Angle? Angle, string? Refusal);
}
