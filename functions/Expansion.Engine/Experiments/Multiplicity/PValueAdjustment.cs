namespace Expansion.Engine.Experiments.Multiplicity;

/// <summary>How p-values of several comparisons are corrected.</summary>
public enum Correction
{
    /// <summary>m p.</summary>
    Bonferroni,

    /// <summary>Running maximum of (m − i + 1) p(i): keeps the chance of any false winner (Holm 1979). For variations.</summary>
    Holm,

    /// <summary>Running minimum from the top of (m − i + 1) p(i) (Hochberg 1988).</summary>
    Hochberg,

    /// <summary>Running minimum from the top of m p(i)/i: keeps the share of false discoveries (Benjamini, Hochberg 1995). For many exploratory metrics.</summary>
    Bh,
}

public sealed record AdjustedPValues(IReadOnlyList<double> Adjusted, IReadOnlyList<bool> Reject);

public static class PValueAdjustment
{
    /// <summary>Answers in the order of the p-values given.</summary>
    public static AdjustedPValues Adjust(IReadOnlyList<double> pValues, Correction correction, double alpha = 0.05)
    {
        var m = pValues.Count;
        var order = Enumerable.Range(0, m).OrderBy(i => pValues[i]).ToArray();
        var factors = Enumerable.Range(1, m).Select(rank => correction switch
        {
            Correction.Bonferroni => m,
            Correction.Bh => (double)m / rank,
            _ => m - rank + 1,
        });
        var products = order.Zip(factors, (i, factor) => Math.Min(1, pValues[i] * factor)).ToArray();
        if (correction == Correction.Holm)
        {
            for (var i = 1; i < m; i++)
            {
                products[i] = Math.Max(products[i], products[i - 1]);
            }
        }
        else if (correction != Correction.Bonferroni)
        {
            for (var i = m - 2; i >= 0; i--)
            {
                products[i] = Math.Min(products[i], products[i + 1]);
            }
        }

        var adjusted = new double[m];
        for (var i = 0; i < m; i++)
        {
            adjusted[order[i]] = products[i];
        }

        return new(adjusted, [.. adjusted.Select(p => p <= alpha)]);
    }
}
