using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Sequential;

/// <summary>What one look at a planned test shows.</summary>
public sealed record SequentialLook(SequentialDecision Decision)
{
    /// <summary>1/se²; null while there is no error to speak of.</summary>
    public double? Information { get; init; }

    /// <summary>Share of the planned information. The plan ends at 1; it may run over.</summary>
    public double? Fraction { get; init; }

    public double? Z { get; init; }

    public double? EfficacyBound { get; init; }

    public double? FutilityBound { get; init; }

    /// <summary>Both arms have the least number of conversions; before, nothing is decided.</summary>
    public bool GateOpen { get; init; }

    /// <summary>Valid however often one looks; never rises.</summary>
    public double PValue { get; init; } = 1;

    /// <summary>Interval of the lift, valid at all looks together.</summary>
    public Interval? LiftRci { get; init; }

    /// <summary>Interval of the difference of means, valid at all looks together.</summary>
    public Interval? DiffRci { get; init; }
}

/// <summary>A planned test up to its decision; what came after isn't looked at.</summary>
public sealed record SequentialRun(double Eta, double MaxInformation, double C, double Cf, IReadOnlyList<SequentialLook> Looks)
{
    public SequentialDecision Decision => Looks.Count == 0 ? SequentialDecision.Continue : Looks[^1].Decision;

    /// <summary>The look that decided, from 0; null while none did.</summary>
    public int? DecisionLook => Decision == SequentialDecision.Continue ? null : Looks.Count - 1;
}
