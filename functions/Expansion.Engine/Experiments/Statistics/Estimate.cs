namespace Expansion.Engine.Experiments.Statistics;

/// <summary>A figure and its sampling variance, e.g. a mean and s²/n.</summary>
internal readonly record struct Estimate(double Value, double Variance);

/// <summary>How much better treatment is, and the standard error of that.</summary>
internal readonly record struct Effect(double Value, double Se)
{
    public double Z => Value / Se;

    /// <summary>b − a with se² = Var(a) + Var(b). Null when there is no error to measure it by.</summary>
    public static Effect? Absolute(Estimate a, Estimate b) => Of(b.Value - a.Value, a.Variance + b.Variance);

    /// <summary>
    /// (b − a) / |a| with se² = Var(b)/a² + Var(a) b²/a⁴: the delta method, with the noise of both arms (Deng, Knoblich, Lu, KDD 2018).
    /// |a|, so that a smaller loss is an improvement. Null when a is 0.
    /// </summary>
    public static Effect? Relative(Estimate a, Estimate b)
    {
        var square = a.Value * a.Value;
        return a.Value == 0 ? null : Of((b.Value - a.Value) / Math.Abs(a.Value), (b.Variance / square) + (a.Variance * b.Value * b.Value / (square * square)));
    }

    public static Effect? Of(Difference difference, Estimate a, Estimate b) => difference == Difference.Relative ? Relative(a, b) : Absolute(a, b);

    public static Effect? Of(double value, double variance) =>
        variance > 0 && double.IsFinite(variance) && double.IsFinite(value) ? new(value, Math.Sqrt(variance)) : null;

    /// <summary>value ± <paramref name="width"/> standard errors.</summary>
    public Interval Within(double width) => new(Value - (width * Se), Value + (width * Se));
}

/// <summary>Against control: in its own unit, or as a share of control.</summary>
public enum Difference
{
    Relative,
    Absolute,
}

/// <summary>Why a comparison has numbers or has none.</summary>
public enum ComparisonStatus
{
    Ok,

    /// <summary>An arm has no visitors.</summary>
    NoData,

    /// <summary>There is no error to measure the difference by: one visitor, no variance, or a relative effect on nothing.</summary>
    Degenerate,

    /// <summary>A ratio of something to nothing.</summary>
    ZeroDenominator,

    /// <summary>Nothing is known of the time before; the result is the plain one.</summary>
    NoCovariateVariance,
}
