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

    private readonly Dictionary<(Sku A, Sku B), PairVerdict> _verdicts = decisions.ToDictionary(decision => (decision.A, decision.B), decision => decision.Verdict);

    public AffinityGeneration Summarise(AffinityGeneration generation, ShopSettings settings)
    {
        var reach = ThresholdReach.Of(pairs, Verdict, settings);
        return generation with
        {
            Kept = pairs.Count,
            Sound = pairs.Count(pair => pair.Sound),
            Seasonal = pairs.Count(pair => pair.Sound && pair.Seasonal),
            Actionable = reach.Pairs,
            ActionableProducts = reach.Products,
            LowestSoundSupport = reach.LowestSoundSupport,
            PairsAtLowestSoundSupport = reach.PairsAtLowest,
            BasketsByMonth = window.ByCalendar(month => window.Months[month].Baskets),
            Bestsellers = [.. Enumerable.Range(0, window.Skus.Count)
                .OrderByDescending(product => window.Frequencies[product]).ThenBy(product => product).Take(BestsellersKept)
                .Select(product => new Bestseller(window.Skus[product], Title(window.Skus[product]), window.Frequencies[product]))],
        };
    }

    /// <summary>A row for every product that was bought or that somebody paired by hand.</summary>
    public IEnumerable<ProductAffinity> Build()
    {
        var partners = new Dictionary<Sku, List<Partner>>();
        foreach (var pair in pairs)
        {
            var verdict = Verdict(pair);
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

        return window.Skus.Select(Bought).Concat(partners.Keys.Where(sku => !numbers.ContainsKey(sku)).Order().Select(Row));

        ProductAffinity Bought(Sku sku, int number) => Row(sku) with
        {
            RepurchaseDays = repurchases.Of(number) is { IsConsumable: true } interval ? interval.Days : null,
            BasketsByMonth = window.ByCalendar(month => window.Frequency(month, number)),
        };

        ProductAffinity Row(Sku sku) => new(sku, Title(sku), Baskets(sku), partners.TryGetValue(sku, out var list) ? Best(list) : []);

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

    private PairVerdict? Verdict(ScoredPair pair) => _verdicts.TryGetValue((pair.Pair.A, pair.Pair.B), out var verdict) ? verdict : null;

    private string? Title(Sku sku) => products.GetValueOrDefault(sku)?.Title;
}
