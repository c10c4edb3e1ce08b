using Expansion.Engine.Experiments.Comparisons;
using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Sequential;

/// <summary>
/// The test that decides an experiment. Looks are cumulative and in time order; before both arms have the least number of conversions nothing is decided,
/// and nothing of it enters the p-value.
/// </summary>
/// <param name="effect">The planned effect on the scale of the estimate, not 0.</param>
/// <param name="minConversions">Least conversions (orders, for a mean) in either arm.</param>
public sealed class PlannedSequentialTest(PlannedBoundary boundary, double effect, long minConversions = 200)
{
    private readonly double _maxInformation = effect != 0 && double.IsFinite(effect)
        ? boundary.MaxInformation(effect)
        : throw new ArgumentOutOfRangeException(nameof(effect), effect, "A test is planned for an effect, so it can't be 0.");

    /// <summary>For conversion: the log of the rate ratio, ln(1 + lift) planned.</summary>
    public static PlannedSequentialTest ForLift(PlannedBoundary boundary, double lift, long minConversions = 200) => new(boundary, Math.Log(1 + lift), minConversions);

    /// <summary>For a capped mean: the lift is a share of the mean planned from history.</summary>
    public static PlannedSequentialTest ForMean(PlannedBoundary boundary, double lift, double plannedMean, long minOrders = 200) => new(boundary, lift * plannedMean, minOrders);

    public SequentialRun Run(IEnumerable<(ConversionStatistic Control, ConversionStatistic Treatment)> looks) =>
        Run(looks, (look, reached) => Look(look.Control, look.Treatment, reached));

    public SequentialRun Run(IEnumerable<(RevenueStatistic Control, RevenueStatistic Treatment)> looks) =>
        Run(looks, (look, reached) => Look(look.Control, look.Treatment, reached));

    /// <summary>1 / [(1 − p)/p (1/nA + 1/nB)], p the rate of both arms: what is known about ln(pB/pA). 0 without conversions.</summary>
    public static double Information(ConversionStatistic control, ConversionStatistic treatment)
    {
        var p = (double)(control.Conversions + treatment.Conversions) / (control.Visitors + treatment.Visitors);
        return p / (1 - p) / ((1.0 / control.Visitors) + (1.0 / treatment.Visitors));
    }

    /// <summary>The decision alone, of the looks that a simulation takes by the million.</summary>
    public SequentialDecision Decide(ConversionStatistic control, ConversionStatistic treatment) =>
        IsOpen(control.Conversions, treatment.Conversions) && TwoProportionTest.PooledZ(control, treatment) is { } z
            ? boundary.Decide(z, Information(control, treatment) / _maxInformation)
            : SequentialDecision.Continue;

    /// <inheritdoc cref="Decide(ConversionStatistic, ConversionStatistic)"/>
    public SequentialDecision Decide(RevenueStatistic control, RevenueStatistic treatment) =>
        IsOpen(control.Conversions, treatment.Conversions) && DifferenceOf(control, treatment) is { } difference
            ? boundary.Decide(difference.Z, 1 / (difference.Se * difference.Se * _maxInformation))
            : SequentialDecision.Continue;

    /// <param name="reached">The largest |Z| t^(1/4) of the looks before, 0 at first.</param>
    public SequentialLook Look(ConversionStatistic control, ConversionStatistic treatment, double reached)
    {
        var open = IsOpen(control.Conversions, treatment.Conversions);
        return TwoProportionTest.PooledZ(control, treatment) is { } z
            ? At(z, Information(control, treatment), open, reached, width => new SequentialLook(default) { LiftRci = TwoProportionTest.LiftInterval(control, treatment, width) })
            : Blank(open, reached);
    }

    /// <inheritdoc cref="Look(ConversionStatistic, ConversionStatistic, double)"/>
    public SequentialLook Look(RevenueStatistic control, RevenueStatistic treatment, double reached)
    {
        var open = IsOpen(control.Conversions, treatment.Conversions);
        return DifferenceOf(control, treatment) is { } difference
            ? At(difference.Z, 1 / (difference.Se * difference.Se), open, reached, width => new SequentialLook(default) { DiffRci = difference.Within(width) })
            : Blank(open, reached);
    }

    /// <summary>What the p-value is read from: |Z| t^(1/4), 0 while the gate is closed.</summary>
    public static double Reached(SequentialLook look) =>
        look is { GateOpen: true, Z: { } z, Fraction: { } fraction } ? Math.Abs(z) * Math.Sqrt(Math.Sqrt(Math.Min(1, fraction))) : 0;

    private bool IsOpen(long control, long treatment) => Math.Min(control, treatment) >= minConversions;

    private static Effect? DifferenceOf(RevenueStatistic control, RevenueStatistic treatment) =>
        control.Values.Estimate is { } a && treatment.Values.Estimate is { } b ? Effect.Absolute(a, b) : null;

    private SequentialRun Run<T>(IEnumerable<T> looks, Func<T, double, SequentialLook> lookAt)
    {
        var (seen, reached) = (new List<SequentialLook>(), 0.0);
        foreach (var next in looks)
        {
            var look = lookAt(next, reached);
            reached = Math.Max(reached, Reached(look));
            seen.Add(look);
            if (look.Decision != SequentialDecision.Continue)
            {
                break;
            }
        }

        return new(boundary.Eta, _maxInformation, boundary.C, boundary.Cf, seen);
    }

    private SequentialLook At(double z, double information, bool open, double reached, Func<double, SequentialLook> interval)
    {
        var fraction = information / _maxInformation;
        var bound = boundary.Efficacy(fraction);
        var look = (open ? interval(bound) : new(default)) with
        {
            Decision = open ? boundary.Decide(z, fraction) : SequentialDecision.Continue,
            Information = information,
            Fraction = fraction,
            Z = z,
            EfficacyBound = bound,
            FutilityBound = boundary.Futility(fraction),
            GateOpen = open,
        };
        return look with { PValue = boundary.P(Math.Max(reached, Reached(look))) };
    }

    private SequentialLook Blank(bool open, double reached) => new(SequentialDecision.Continue) { GateOpen = open, PValue = boundary.P(reached) };
}
