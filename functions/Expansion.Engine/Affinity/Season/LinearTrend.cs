using Expansion.Engine.Affinity.Soundness;

namespace Expansion.Engine.Affinity.Season;

/// <summary>Does a rate, events among chances, go up or down with time? Sums that add.</summary>
/// <param name="Events">Σ x.</param>
/// <param name="Chances">Σ n.</param>
/// <param name="Time">Σ n t.</param>
/// <param name="EventTime">Σ x t.</param>
/// <param name="TimeSquared">Σ n t².</param>
public readonly record struct LinearTrend(double Events, double Chances, double Time, double EventTime, double TimeSquared)
{
    public static LinearTrend Of(double events, double chances, double time) => new(events, chances, chances * time, events * time, chances * time * time);

    /// <summary>Σ x / Σ n; 0 without chances.</summary>
    public double Rate => Chances == 0 ? 0 : Events / Chances;

    /// <summary>Change of the rate per unit of time, by weighted least squares; 0 when all is at one time.</summary>
    public double Slope => Spread <= 0 ? 0 : Lean / Spread;

    /// <summary>
    /// Cochran–Armitage test, two-sided, where x of n baskets is a share p: z = Σ t (x − n p) / √(p (1 − p) (Σ n t² − (Σ n t)²/n)). R's prop.trend.test.
    /// Armitage (Biometrics 11, 1955). 1 when there is nothing to compare.
    /// </summary>
    public LogProbability OfShares => Test(Rate * (1 - Rate));

    /// <summary>The same where n is an expected count that x may exceed: the score test of a Poisson regression with offset ln n, whose variance is the rate itself.</summary>
    public LogProbability OfCounts => Test(Rate);

    private double Lean => EventTime - (Rate * Time);

    private double Spread => Chances == 0 ? 0 : TimeSquared - (Time * Time / Chances);

    /// <summary>The fitted rate at a time, not below 0.</summary>
    public double At(double time) => Chances == 0 ? 0 : Math.Max(0, Rate + (Slope * (time - (Time / Chances))));

    private LogProbability Test(double variance) =>
        variance <= 0 || Spread <= 0 ? LogProbability.One : NormalTail.Outside(Lean / Math.Sqrt(variance * Spread));

    public static LinearTrend operator +(LinearTrend left, LinearTrend right) => new(
        left.Events + right.Events,
        left.Chances + right.Chances,
        left.Time + right.Time,
        left.EventTime + right.EventTime,
        left.TimeSquared + right.TimeSquared);
}
