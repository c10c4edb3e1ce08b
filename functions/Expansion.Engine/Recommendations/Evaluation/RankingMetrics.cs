namespace Expansion.Engine.Recommendations.Evaluation;

/// <summary>
/// How good ranked lists are, over many cases. Sums that add; a share is a mean over all cases, those without an answer among them.
/// Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", TOIS 2002, with gain 1 for a product bought and 0 for others.
/// </summary>
public sealed class RankingMetrics
{
    public static readonly IReadOnlyList<int> Cutoffs = [1, 5, 10];

    private readonly double[] _hits = new double[Cutoffs.Count];
    private readonly double[] _reciprocal = new double[Cutoffs.Count];
    private readonly double[] _gain = new double[Cutoffs.Count];
    private readonly double[] _recall = new double[Cutoffs.Count];
    private readonly HashSet<Sku>[] _shown = [.. Cutoffs.Select(_ => new HashSet<Sku>())];

    public int Cases { get; private set; }

    /// <param name="ranked">Best first, each product once, nothing that may not be recommended.</param>
    /// <param name="targets">At least one.</param>
    public void Add(IReadOnlyList<Sku> ranked, IReadOnlySet<Sku> targets)
    {
        Cases++;
        for (var i = 0; i < Cutoffs.Count; i++)
        {
            var top = ranked.Take(Cutoffs[i]).ToList();
            var ranks = Enumerable.Range(0, top.Count).Where(rank => targets.Contains(top[rank])).ToList();
            _shown[i].UnionWith(top);
            _hits[i] += ranks.Count > 0 ? 1 : 0;
            _reciprocal[i] += ranks.Count > 0 ? 1.0 / (ranks[0] + 1) : 0;
            _gain[i] += ranks.Sum(Discount) / Enumerable.Range(0, Math.Min(Cutoffs[i], targets.Count)).Sum(Discount);
            _recall[i] += (double)ranks.Count / targets.Count;
        }
    }

    /// <summary>Share of cases with at least one target among the first k.</summary>
    public double HitRate(int k) => Mean(_hits, k);

    /// <summary>Mean of 1 / rank of the first target; 0 for a case without one among the first k.</summary>
    public double Mrr(int k) => Mean(_reciprocal, k);

    /// <summary>Σ 1 / log2(rank + 1) over the targets found, divided by what the best list of k would reach.</summary>
    public double Ndcg(int k) => Mean(_gain, k);

    /// <summary>Share of a case's targets among the first k.</summary>
    public double Recall(int k) => Mean(_recall, k);

    /// <summary>Different products shown over all cases, divided by those there are; 0 for an empty catalogue.</summary>
    public double Coverage(int k, int catalogue) => catalogue == 0 ? 0 : (double)_shown[Place(k)].Count / catalogue;

    private double Mean(double[] sums, int k) => Cases == 0 ? 0 : sums[Place(k)] / Cases;

    private static int Place(int k) => Cutoffs.ToList().IndexOf(k) is var place and >= 0 ? place : throw new ArgumentOutOfRangeException(nameof(k), k, "Not one of the cutoffs.");

    private static double Discount(int rank) => 1 / Math.Log2(rank + 2);
}
