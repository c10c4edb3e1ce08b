using Expansion.Engine.Experiments.Bandit;
using Expansion.Engine.Experiments.Guardrails;
using Expansion.Engine.Experiments.Verdicts;
using Expansion.Engine.Metrics.Facts;

namespace Expansion.Engine.Experiments.Readings;

/// <summary>How an experiment stands: figures, verdict, and what they rest on.</summary>
/// <param name="At">When it was read.</param>
public sealed record ExperimentReading(DateTimeOffset At)
{
    /// <summary>In the order of the definition, control first.</summary>
    public IReadOnlyList<VariationReading> Variations { get; init; } = [];

    public TrafficReading Traffic { get; init; } = new(1, false);

    /// <summary>Null for a bandit, which earns and decides nothing.</summary>
    public Decision? Decision { get; init; }

    public Verdict? Verdict { get; init; }

    /// <summary>When the planned test ended, which it does once: what comes in later changes only its guardrails.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Figures beside the decision, one for each treatment; none while the traffic is wrong.</summary>
    public IReadOnlyList<TreatmentReport> Treatments { get; init; } = [];

    /// <summary>The same that may be watched: intervals that hold at every look. None of a bandit, whose traffic follows what they say, nor while the traffic is wrong.</summary>
    public IReadOnlyList<TreatmentEffects> Effects { get; init; } = [];

    /// <summary>What each variation of a bandit would have brought, had everybody got it.</summary>
    public IReadOnlyList<BanditReading> Bandit { get; init; } = [];

    /// <summary>What offers brought in that wouldn't have come without them; null without a holdout.</summary>
    public IncrementalRevenue? Incremental { get; init; }

    /// <summary>What visitors bought in currencies that aren't the shop's: a conversion, but no revenue.</summary>
    public OtherCurrencies Elsewhere { get; init; } = OtherCurrencies.None;

    /// <summary>Proof of harm while it runs, by treatment from 0.</summary>
    public IReadOnlyDictionary<int, string> Harm { get; init; } = new Dictionary<int, string>();
}

/// <param name="Exposed">Everybody who saw it.</param>
/// <param name="Visitors">Those whose window has closed, who alone count.</param>
/// <param name="Revenue">Net of returns, of the visitors that count.</param>
/// <param name="Margin">The same less costs; products without a known cost add nothing.</param>
/// <param name="Guardrails">Against control, once they can be read; empty for control itself.</param>
public sealed record VariationReading(string Name, long Exposed, long Visitors, long Conversions, double Revenue, double Margin, IReadOnlyList<GuardrailReading> Guardrails);

/// <param name="PValue">That the exposures are split as configured, valid however often one looks.</param>
public sealed record TrafficReading(double PValue, bool Mismatch);

/// <param name="InversePropensity">Revenue per visitor, without bias.</param>
/// <param name="DoublyRobust">The same with less noise.</param>
public sealed record BanditReading(string Name, OffPolicyEstimate InversePropensity, OffPolicyEstimate DoublyRobust);
