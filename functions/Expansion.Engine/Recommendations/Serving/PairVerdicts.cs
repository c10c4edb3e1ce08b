using Expansion.Engine.Affinity;

namespace Expansion.Engine.Recommendations.Serving;

/// <summary>What people decided about a shop's pairs, read from either side.</summary>
public sealed class PairVerdicts
{
    private readonly Dictionary<Sku, List<(Sku Partner, PairVerdict Verdict)>> _byProduct = [];

    public PairVerdicts(IEnumerable<PairDecision> decisions)
    {
        foreach (var decision in decisions)
        {
            Add(decision.A, decision.B, decision.Verdict);
            Add(decision.B, decision.A, decision.Verdict);
        }
    }

    public static PairVerdicts None { get; } = new([]);

    /// <summary>The word on a product beside these: pinned wins over approved, approved over rejected, since somebody wants it there. Null when nobody decided.</summary>
    public PairVerdict? On(Sku sku, IReadOnlyList<Sku> context)
    {
        PairVerdict? word = null;
        foreach (var product in context)
        {
            foreach (var (partner, verdict) in _byProduct.GetValueOrDefault(product) ?? [])
            {
                if (partner == sku && (word is null || Weight(verdict) > Weight(word.Value)))
                {
                    word = verdict;
                }
            }
        }

        return word;
    }

    /// <summary>What people want to be shown beside these, each once, pinned first.</summary>
    public IReadOnlyList<WantedPick> Wanted(IReadOnlyList<Sku> context) => _byProduct.Count == 0 ? [] :
    [
        .. (from product in context
            from partner in _byProduct.GetValueOrDefault(product) ?? []
            where partner.Verdict != PairVerdict.Rejected
            select new WantedPick(partner.Partner, product, partner.Verdict == PairVerdict.Pinned))
            .OrderByDescending(choice => choice.IsPinned).DistinctBy(choice => choice.Sku),
    ];

    private void Add(Sku product, Sku partner, PairVerdict verdict)
    {
        if (!_byProduct.TryGetValue(product, out var partners))
        {
            _byProduct.Add(product, partners = []);
        }

        partners.Add((partner, verdict));
    }

    private static int Weight(PairVerdict verdict) => verdict switch
    {
        PairVerdict.Pinned => 2,
        PairVerdict.Approved => 1,
        _ => 0,
    };
}

/// <param name="With">What it was chosen to go with.</param>
public sealed record WantedPick(Sku Sku, Sku With, bool IsPinned);
