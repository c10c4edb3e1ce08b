using Expansion.Engine.Affinity.Soundness;

namespace Expansion.Engine.Affinity.Season;

/// <summary>
/// A pair judged month by month and then summed up, so that a month in which everybody buys both proves nothing. Sums that add, a month at a time.
/// Mantel and Haenszel (Journal of the National Cancer Institute 22, 1959).
/// </summary>
/// <param name="Both">Σ n(ab).</param>
/// <param name="Expected">Σ n(a) n(b) / n: what independence within each month would give.</param>
/// <param name="Variance">Σ of the hypergeometric variances.</param>
/// <param name="Concordant">Σ n(ab) n(neither) / n.</param>
/// <param name="Discordant">Σ n(only a) n(only b) / n.</param>
public readonly record struct MantelHaenszel(double Both, double Expected, double Variance, double Concordant, double Discordant)
{
    public static MantelHaenszel Of(PairCounts month)
    {
        if (month.Baskets == 0)
        {
            return default;
        }

        double both = month.Both, a = month.A, b = month.B, n = month.Baskets;
        return new(
            both,
            month.Expected,
            n == 1 ? 0 : a / n * (b / n) * ((n - a) / n) * (n - b) * (n / (n - 1)),
            both * (n - a - b + both) / n,
            (a - both) * (b - both) / n);
    }

    /// <summary>How many times more often together than independence within each month would give: Σ n(ab) / Σ E. The common lift. 0 if nothing was expected.</summary>
    public double Lift => Expected == 0 ? 0 : Both / Expected;

    /// <summary>The common odds ratio, Σ n(ab) n(neither)/n over Σ n(only a) n(only b)/n. Infinite when neither is ever bought without the other, 0 if never together.</summary>
    public double OddsRatio => Concordant == 0 ? 0 : Concordant / Discordant;

    /// <summary>
    /// Cochran–Mantel–Haenszel, one-sided and continuity-corrected: P(Z ≥ (Σ n(ab) − Σ E − ½) / √Σ V). R's mantelhaen.test with alternative "greater";
    /// half of the p-value of statsmodels' test_null_odds(correction=True) when more are seen than expected. 1 when no month could tell.
    /// </summary>
    public LogProbability P => Variance == 0 ? LogProbability.One : NormalTail.Above((Both - Expected - 0.5) / Math.Sqrt(Variance));

    public static MantelHaenszel operator +(MantelHaenszel left, MantelHaenszel right) => new(
        left.Both + right.Both,
        left.Expected + right.Expected,
        left.Variance + right.Variance,
        left.Concordant + right.Concordant,
        left.Discordant + right.Discordant);
}
