using Expansion.Engine.Experiments.Guardrails;
using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Verdicts;

public enum DecisionStatus
{
    Winner,

    /// <summary>Won, but a guardrail can't be read yet: roll out with a holdback that keeps measuring.</summary>
    ProvisionalWinner,

    /// <summary>Not yet.</summary>
    Collecting,

    /// <summary>Won, and harms.</summary>
    RejectedGuardrail,
    Inconclusive,

    /// <summary>If there is a difference, it is smaller than the one worth having.</summary>
    Futility,
    Loser,
    NoData,

    /// <summary>The traffic isn't split as configured: nothing else is computed or shown as a result.</summary>
    InvalidSrm,
}

/// <summary>What is decided, for code.</summary>
public sealed record Decision(DecisionStatus Status)
{
    /// <summary>Which treatment, from 0.</summary>
    public int? Winner { get; init; }

    public IReadOnlyList<string> Reasons { get; init; } = [];

    public IReadOnlyList<ArmDecision> Arms { get; init; } = [];

    public double? SrmPValue { get; init; }
}

/// <summary>What is decided of one treatment against control. Z, Fraction and Bound stay null before the planned test may look.</summary>
public sealed record ArmDecision(DecisionStatus Status)
{
    public IReadOnlyList<string> Reasons { get; init; } = [];

    public double? Lift { get; init; }

    public double? Z { get; init; }

    /// <summary>Share of the planned information.</summary>
    public double? Fraction { get; init; }

    public double? Bound { get; init; }

    /// <summary>Valid however often one looks; 1 − p is the confidence.</summary>
    public double? PValue { get; init; }

    /// <summary>Of the lift, or of the difference of means where revenue decides; valid at all looks together.</summary>
    public Interval? Interval { get; init; }

    public IReadOnlyList<GuardrailReading> Guardrails { get; init; } = [];
}
