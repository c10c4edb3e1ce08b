namespace Expansion.Engine.Affinity.Soundness;

/// <summary>Is a pair together more often than luck explains? Always one-sided: two products that avoid each other are no suggestion.</summary>
public static class PairTest
{
    /// <summary>
    /// Smallest expected count from which chi-square stands in for the exact test. Far above the textbook 5: in the far tail, where thousands of
    /// comparisons are decided, chi-square promises too much (docs/decisions/0061-soundness.md has the figures), and below it the exact sum is as fast.
    /// </summary>
    public const double ChiSquareFrom = 1000;

    /// <summary>The exact p-value where an expected count is small, chi-square's where all are large.</summary>
    public static LogProbability PValue(PairCounts counts) => counts.SmallestExpected < ChiSquareFrom ? Exact(counts) : ChiSquare(counts);

    /// <summary>
    /// Fisher's exact test, "greater": P(X ≥ n(ab)) for hypergeometric X. 1 when never together or a product was never or always bought.
    /// Fisher, Statistical Methods for Research Workers (1934), section 21.02.
    /// </summary>
    public static LogProbability Exact(PairCounts counts) => HypergeometricTail.AtLeast(counts);

    /// <summary>
    /// Pearson's chi-square with Yates' correction, as its signed root: P(Z ≥ (n(ab) − ½ − E) / √(n(a) n(b) (n − n(a)) (n − n(b)) / n³)).
    /// Half of the two-sided p-value that SciPy's chi2_contingency and R's chisq.test give by default. 1 when a product was never or always bought.
    /// Yates (Journal of the Royal Statistical Society, Supplement 1, 1934).
    /// </summary>
    public static LogProbability ChiSquare(PairCounts counts)
    {
        double n = counts.Baskets;
        var variance = n == 0 ? 0 : counts.A / n * (counts.B / n) * ((n - counts.A) / n) * (n - counts.B);
        return variance == 0 ? LogProbability.One : NormalTail.Above((counts.Both - 0.5 - counts.Expected) / Math.Sqrt(variance));
    }
}
