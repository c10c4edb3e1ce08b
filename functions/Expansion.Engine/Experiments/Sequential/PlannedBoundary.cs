using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Sequential;

/// <summary>
/// The plan of a test that may be watched at any time and has an end: a boundary c t^(−1/4) of the Wang–Tsiatis family (Biometrics 43, 1987, Δ = 0.25)
/// over the share t of the planned information, with a futility line inside it (Pampallona, Tsiatis 1994). The error bound is computed as if the
/// futility line didn't exist, so that a team may ignore it.
/// </summary>
/// <param name="Alpha">Two-sided error of this comparison, 0.0001 to 0.8.</param>
/// <param name="Eta">z(1 − α/2) + z(power): how many standard errors the planned effect is worth at the end of a fixed test.</param>
/// <param name="C">The boundary at the end, calibrated for a look after every single observation, so that any pattern of looks keeps the error.</param>
/// <param name="Cf">Of the futility line, calibrated so that the power is kept.</param>
public sealed record PlannedBoundary(double Alpha, double Eta, double C, double Cf)
{
    private double Discount { get; init; }

    /// <summary>Information at the planned end, as a multiple of the fixed test's: pays for the looks and for futility.</summary>
    public const double Inflation = 1.2;

    public static PlannedBoundary Of(double alpha = 0.05, double power = 0.8)
    {
        if (power is < 0.8 or > 0.9)
        {
            throw new ArgumentOutOfRangeException(nameof(power), power, "The futility line is calibrated for a power from 0.8 to 0.9.");
        }

        return new(alpha, Normal.Width(alpha) + Normal.Quantile(power), BoundaryTable.C(alpha), BoundaryTable.Cf(alpha, power));
    }

    /// <summary>
    /// The same plan for decisions that fall only on ticks set before, at most 128 of them, e.g. once a day: the boundary may be lower by 0.055, which gives
    /// more power for fewer visitors. Computed by <see cref="GroupBounds"/> for 128 equal steps: 2.3275 at α = 0.05, 2.5751 at 0.025, 2.0566 at 0.10. A part of the power goes into earlier
    /// futility, which the error doesn't depend on.
    /// </summary>
    public PlannedBoundary OnTicks => this with { C = C - 0.055, Cf = Cf - 0.03, Discount = 0.055 };

    /// <summary>What must be known about the effect at the planned end: 1.2 (η/effect)².</summary>
    /// <param name="effect">On the scale of the estimate: ln(1 + lift) for conversion, lift times the planned mean for a mean.</param>
    public double MaxInformation(double effect) => Inflation * (Eta / effect) * (Eta / effect);

    /// <summary>|Z| from here on is a win or a loss.</summary>
    public double Efficacy(double fraction) => C / Math.Sqrt(Math.Sqrt(Math.Min(1, fraction)));

    /// <summary>|Z| up to here is futile; 0 while the line isn't above 0.</summary>
    public double Futility(double fraction)
    {
        var t = Math.Min(1, fraction);
        return Math.Max(0, (Eta * Math.Sqrt(Inflation * t)) - (Cf / Math.Sqrt(Math.Sqrt(t))));
    }

    /// <summary>p of a test whose largest |Z| t^(1/4) so far is <paramref name="reached"/>; at most α exactly when the boundary was crossed.</summary>
    internal double P(double reached) => BoundaryTable.P(reached + Discount);

    /// <summary>Above 0 treatment, below 0 control. The first look with all the planned information is the last one.</summary>
    public SequentialDecision Decide(double z, double fraction)
    {
        if (Math.Abs(z) >= Efficacy(fraction))
        {
            return z > 0 ? SequentialDecision.WinnerTreatment : SequentialDecision.WinnerControl;
        }

        var futility = Futility(fraction);
        return futility > 0 && Math.Abs(z) <= futility
            ? SequentialDecision.Futility
            : fraction >= 1 ? SequentialDecision.Inconclusive : SequentialDecision.Continue;
    }
}

public enum SequentialDecision
{
    Continue,
    WinnerTreatment,
    WinnerControl,

    /// <summary>If there is an effect, it is smaller than the planned one.</summary>
    Futility,

    /// <summary>The planned end came and the boundary wasn't crossed.</summary>
    Inconclusive,
}
