using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Sequential;

/// <summary>One look at the labels of conversions.</summary>
public sealed record LabelLook(double LogE, double PValueRunning, Interval PCi, Interval LiftCi, Interval LiftCiRunning);

/// <param name="W">The share of conversions that belongs to treatment under no effect.</param>
/// <param name="Kappa">How sharply the evidence looks for the planned lift.</param>
public sealed record LabelRun(double W, double Kappa, IReadOnlyList<LabelLook> Looks, bool Significant);

/// <summary>
/// Exact at any count and any time: given that a conversion happened, under no effect it belongs to treatment with the share of the traffic, whatever the hour
/// does to the rate (Lindon, Malek, NeurIPS 2022). Needs the split to be as configured. Ignores who didn't convert: above a rate of 15 % prefer the log ratio.
/// </summary>
public sealed class LabelTest
{
    private readonly double _alpha;
    private readonly double _w;
    private readonly double _kappa;
    private readonly double _odds;

    /// <param name="lift">The planned lift, not 0.</param>
    public LabelTest(double weightControl, double weightTreatment, double lift, double alpha = 0.05)
    {
        if (weightControl is not > 0 || weightTreatment is not > 0 || lift is 0 or <= -1 || alpha is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(lift), lift, "Both weights must be above 0, the lift above -1 and not 0, alpha above 0 and below 1.");
        }

        _alpha = alpha;
        _w = weightTreatment / (weightControl + weightTreatment);
        _odds = weightControl / weightTreatment;
        var planned = _w * (1 + lift) / ((_w * (1 + lift)) + 1 - _w);
        _kappa = (_w * (1 - _w) / ((planned - _w) * (planned - _w))) - 1;
    }

    /// <param name="looks">Conversions of control and treatment, cumulative, in time order.</param>
    public LabelRun Run(IEnumerable<(long Control, long Treatment)> looks)
    {
        var (seen, p, running) = (new List<LabelLook>(), 1.0, new Interval(-1, null));
        foreach (var (control, treatment) in looks)
        {
            var share = ShareInterval(control, treatment);
            var lift = new Interval(Lift(share.Low!.Value), share.High == 1 ? null : Lift(share.High!.Value));
            var logE = LogE(control, treatment, _w);
            (p, running) = (Math.Min(p, Math.Exp(-logE)), running.Intersect(lift));
            seen.Add(new(logE, p, share, lift, running));
        }

        return new(_w, _kappa, seen, p <= _alpha);
    }

    /// <summary>ln E(p0) = ln B(κw + xB, κ(1 − w) + xA) − ln B(κw, κ(1 − w)) − xB ln p0 − xA ln(1 − p0): beta-binomial evidence against a share p0.</summary>
    internal double LogE(long control, long treatment, double share) =>
        LnGamma.Beta((_kappa * _w) + treatment, (_kappa * (1 - _w)) + control) - LnGamma.Beta(_kappa * _w, _kappa * (1 - _w))
        - LogPower(share, treatment) - LogPower(1 - share, control);

    /// <summary>All shares against which the evidence is below 1/α. It is least at the observed share and rises to both sides.</summary>
    private Interval ShareInterval(long control, long treatment)
    {
        if (control + treatment == 0)
        {
            return new(0, 1);
        }

        var observed = (double)treatment / (control + treatment);
        return new(Edge(0), Edge(1));

        double Edge(double end)
        {
            var (inside, outside) = (observed, end);
            if (Holds(outside))
            {
                return outside;
            }

            while (inside + ((outside - inside) / 2) is var middle && middle != inside && middle != outside)
            {
                (inside, outside) = Holds(middle) ? (middle, outside) : (inside, middle);
            }

            return inside;
        }

        bool Holds(double share) => LogE(control, treatment, share) < -Math.Log(_alpha);
    }

    private double Lift(double share) => (share / (1 - share) * _odds) - 1;

    private static double LogPower(double share, long times) => times == 0 ? 0 : times * Math.Log(share);
}
