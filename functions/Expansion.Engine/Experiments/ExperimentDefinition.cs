using Expansion.Engine.Experiments.Assignment;
using Expansion.Engine.Experiments.Guardrails;
using Expansion.Engine.Experiments.Verdicts;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Experiments;

/// <summary>What an experiment varies: one of six elements of an offer.</summary>
public enum ExperimentElement
{
    Placement,
    PricingPresentation,
    ProductCombination,
    Timing,
    Copy,
    Incentive,
}

/// <summary>How visitors are given to variations.</summary>
public enum ExperimentMode
{
    /// <summary>Fixed weights to the end: learns fastest.</summary>
    Test,

    /// <summary>Thompson's bandit: more traffic to what earns more. For copy and product combinations.</summary>
    Bandit,
}

/// <summary>One arm: named settings of the offer engine, so that an experiment needs no code. The first is control.</summary>
/// <param name="Weight">Share of the traffic, relative to the others; above 0.</param>
/// <param name="Settings">E.g. ranking = margin; empty for "as it is".</param>
public sealed record Variation(string Name, double Weight, IReadOnlyDictionary<string, string> Settings);

/// <summary>Everything about an experiment that is fixed before it starts.</summary>
public sealed record ExperimentDefinition(string Key, string Seed, Touchpoint Touchpoint, ExperimentElement Element, IReadOnlyList<Variation> Variations)
{
    private const int MaxVariations = 6;

    public string? Hypothesis { get; init; }

    public ExperimentMode Mode { get; init; }

    /// <summary>Only customers of one of these segments; everybody when empty.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary>Share of the layer that takes part, above 0 to 1. May only grow while it runs.</summary>
    public double Coverage { get; init; } = 1;

    /// <summary>Share of all visitors that is shown no offer at all, 0 to 0.5, to know what offers bring in.</summary>
    public double Holdout { get; init; }

    /// <summary>The part of the touchpoint's visitors; the whole one by default.</summary>
    public double LayerFrom { get; init; }

    public double LayerTo { get; init; } = 1;

    public DecisionSettings Decision { get; init; } = new(0.1);

    public IReadOnlyList<GuardrailPlan> Guardrails { get; init; } = GuardrailPlan.Defaults;

    /// <summary>Every touchpoint is a layer of its own, so that tests at different ones are independent.</summary>
    internal Split Split => new(Key, Seed, [.. Variations.Select(variation => variation.Weight)], Coverage, new(Touchpoint.ToString(), LayerFrom, LayerTo));

    /// <summary>Every mistake, by the name of its part; empty when all is well.</summary>
    public IReadOnlyDictionary<string, string[]> Validate()
    {
        var errors = new Dictionary<string, string[]>();
        Check("key", Key.Length is > 0 and <= 100 && Key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'), "must be 1 to 100 of a-z, 0-9 and hyphen");
        Check("seed", Seed.Length is > 0 and <= 100, "must be 1 to 100 characters; a follow-up test needs another one");
        if (Variations.Any(variation => variation?.Settings is null || variation.Settings.Values.Any(setting => setting is null)) || Guardrails.Any(guardrail => guardrail?.Limit is null))
        {
            return new Dictionary<string, string[]> { [""] = ["variations, their settings and guardrails must not be null"] };
        }

        Check("variations", Variations.Count is >= 2 and <= MaxVariations, $"must be 2 to {MaxVariations}, the first of them control");
        Check("variations", Variations.Select(variation => variation.Name).Distinct(StringComparer.Ordinal).Count() == Variations.Count, "must have different names");
        Check("variations", Variations.All(variation => variation.Weight > 0 && double.IsFinite(variation.Weight)), "must have weights above 0");
        foreach (var (name, words) in Variations.SelectMany(variation => ElementSettings.Mistakes(Element, variation)))
        {
            Check($"variations.{name}", false, words);
        }

        Check("mode", Mode == ExperimentMode.Test || Element is ExperimentElement.Copy or ExperimentElement.ProductCombination, "bandit is for copy and product_combination only");
        Check("coverage", Coverage is > 0 and <= 1, "must be above 0 and at most 1");
        Check("holdout", Holdout is >= 0 and <= 0.5, "must be from 0 to 0.5");
        Check("layer", LayerFrom >= 0 && LayerTo <= 1 && LayerFrom < LayerTo, "must lie within 0 to 1");
        Check("decision.mde", Decision.Mde is > 0 and <= 5, "must be above 0 and at most 5, e.g. 0.1 for 10 %");
        Check("decision.alpha", Decision.Alpha is >= 0.001 and <= 0.05, "must be from 0.001 to 0.05: no winner below 95 % confidence");
        Check("decision.power", Decision.Power is >= 0.8 and <= 0.9, "must be from 0.8 to 0.9");
        Check("decision.min_conversions", Decision.MinConversions >= 200, "must be at least 200");
        Check("decision.min_days", Decision.MinDays is >= 7 and <= 365, "must be from 7 to 365");
        Check("guardrails", Guardrails.Select(guardrail => guardrail.Name).Distinct(StringComparer.Ordinal).Count() == Guardrails.Count, "must have different names");
        foreach (var guardrail in Guardrails)
        {
            Check("guardrails", GuardrailPlan.Defaults.Any(known => known.Name == guardrail.Name && known.Kind == guardrail.Kind), $"must be among {string.Join(", ", GuardrailPlan.Defaults.Select(known => known.Name))}");
            Check("guardrails", guardrail.WatchFor > TimeSpan.Zero && guardrail.WatchFor <= TimeSpan.FromDays(400), "must be watched for up to 400 days");
            Check("guardrails", guardrail.Limit is { Margin: > 0 and < 1, Alpha: > 0 and <= 0.05, MaxObserved: null or (>= 0 and <= 1) } && guardrail.MinEvents >= 1, "must have a margin from 0 to 1, alpha up to 0.05 and at least one event");
        }

        return errors;

        void Check(string name, bool valid, string message)
        {
            if (!valid)
            {
                errors[name] = [.. errors.GetValueOrDefault(name, []), message];
            }
        }
    }
}
