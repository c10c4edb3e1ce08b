using Expansion.Engine.Affinity.Delay;
using Expansion.Engine.Affinity.Months;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;

namespace Expansion.Engine.Affinity.Pairs;

/// <summary>Puts scored pairs, people's decisions and what is known of products together into the rows and the summary of a generation.</summary>
public sealed class GenerationBuilder(
    WindowCounts window, IReadOnlyList<ScoredPair> pairs, IReadOnlyList<PairDecision> decisions, RepurchaseCounter repurchases, IReadOnlyDictionary<Sku, Product> products)
{
    /// <summary>How many bestsellers a generation remembers: enough for the longest shelf after a full cart is taken out.</summary>
    private const int BestsellersKept = 200;

    /// <summary>Of pairs over a threshold at least this share must be sound for the threshold to be called so.</summary>
    private const double SoundShare = 0.95;

    private readonly Dictionary<(Sku A, Sku B), PairVerdict> _verdicts = decisions.ToDictionary(decision => (decision.A, decision.B), decision => decision.Verdict);

    public AffinityGeneration Summarise(AffinityGeneration generation, ShopSettings settings)
    {
        var actionable = pairs.Where(pair => IsActionable(pair, settings)).ToList();
        var (support, count) = LowestSoundSupport(settings);
        return generation with
        {
            Kept = pairs.Count,
            Sound = pairs.Count(pair => pair.Sound),
            Seasonal = pairs.Count(pair => pair.Sound && pair.Seasonal),
            Actionable = actionable.Count,
            ActionableProducts = actionable.SelectMany(pair => new[] { pair.Pair.A, pair.Pair.B }).Distinct().Count(),
            LowestSoundSupport = support,
            PairsAtLowestSoundSupport = count,
            Bestsellers = [.. Enumerable.Range(0, window.Skus.Count)
                .OrderByDescending(product => window.Frequencies[product]).ThenBy(product => product).Take(BestsellersKept)
                .Select(product => new Bestseller(window.Skus[product], Title(window.Skus[product]), window.Frequencies[product]))],
        };
    }

    public bool IsActionable(ScoredPair pair, ShopSettings settings) => _verdicts.TryGetValue((pair.Pair.A, pair.Pair.B), out var verdict)
        ? verdict != PairVerdict.Rejected
        : pair.Sound && !pair.Seasonal && pair.Pair.Support >= settings.MinSupport && pair.Pair.Lift >= settings.MinLift;

    /// <summary>A row for every product that was bought or that somebody paired by hand.</summary>
    public IEnumerable<ProductAffinity> Build()
    {
        var partners = new Dictionary<Sku, List<Partner>>();
        foreach (var pair in pairs)
        {
            var verdict = _verdicts.TryGetValue((pair.Pair.A, pair.Pair.B), out var decided) ? decided : (PairVerdict?)null;
            Add(pair.Pair.A, Partner(pair, pair.Pair.B, pair.Pair.CountB, pair.AdviceAb, verdict));
            Add(pair.Pair.B, Partner(pair, pair.Pair.A, pair.Pair.CountA, pair.AdviceBa, verdict));
        }

        var kept = pairs.Select(pair => (pair.Pair.A, pair.Pair.B)).ToHashSet();
        var numbers = window.Skus.Select((sku, number) => (sku, number)).ToDictionary(product => product.sku, product => product.number);
        foreach (var ((a, b), verdict) in _verdicts.Where(decision => !kept.Contains(decision.Key)))
        {
            Add(a, new Partner(b, Title(b), Baskets(b), 0) { Verdict = verdict });
            Add(b, new Partner(a, Title(a), Baskets(a), 0) { Verdict = verdict });
        }

        return window.Skus.Concat(partners.Keys.Where(sku => !numbers.ContainsKey(sku)).Order()).Select(sku =>
            new ProductAffinity(sku, Title(sku), Baskets(sku), partners.TryGetValue(sku, out var list) ? Best(list) : [])
            {
                RepurchaseDays = numbers.TryGetValue(sku, out var number) && repurchases.Of(number) is { IsConsumable: true } interval ? interval.Days : null,
            });

        long Baskets(Sku sku) => numbers.TryGetValue(sku, out var number) ? window.Frequencies[number] : 0;

        void Add(Sku sku, Partner partner)
        {
            if (!partners.TryGetValue(sku, out var list))
            {
                partners.Add(sku, list = []);
            }

            list.Add(partner);
        }
    }

    private Partner Partner(ScoredPair pair, Sku sku, long baskets, TouchpointAdvice advice, PairVerdict? verdict) => new(sku, Title(sku), baskets, pair.Pair.Both)
    {
        Q = pair.Q,
        ShrunkenLift = pair.ShrunkenLift,
        OnlyInMonths = pair.Seasonal ? pair.SeasonMonths : [],
        Touchpoint = advice.Touchpoint,
        AfterDays = advice.AfterDays,
        Verdict = verdict,
    };

    /// <summary>A product everybody buys is among the best partners of many; its own row holds no more than any other, besides what people decided.</summary>
    private static IReadOnlyList<Partner> Best(List<Partner> partners)
    {
        partners.Sort(Affinity.Partner.BestFirst);
        return [.. partners.Where((partner, index) => index < PairCandidates.PerProduct || partner.Verdict is not null)];
    }

    private string? Title(Sku sku) => products.GetValueOrDefault(sku)?.Title;

    /// <summary>From the most frequent pair down, as long as enough of those so far are sound.</summary>
    private (double? Support, long Pairs) LowestSoundSupport(ShopSettings settings)
    {
        var (seen, sound, lowest) = (0L, 0L, ((double?)null, 0L));
        foreach (var together in pairs.Where(pair => pair.Pair.Lift >= settings.MinLift).GroupBy(pair => pair.Pair.Both).OrderByDescending(group => group.Key))
        {
            seen += together.Count();
            sound += together.Count(pair => pair.Sound);
            if (sound >= SoundShare * seen)
            {
                lowest = (AffinityScore.Support(together.Key, window.Baskets), seen);
            }
        }

        return lowest;
    }
}
