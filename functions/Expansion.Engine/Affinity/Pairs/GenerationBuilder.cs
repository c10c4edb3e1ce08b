using Expansion.Engine.Affinity.Months;
using Expansion.Engine.Orders;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Shops;

namespace Expansion.Engine.Affinity.Pairs;

/// <summary>
/// Puts scored pairs, people's decisions and what is known of products together into the rows and the summary of a generation. Scored pairs come and go; what a row says of one is kept,
/// 72 bytes. Of the window only sums are kept, so that it can be forgotten before the rows are written, which takes longest.
/// </summary>
/// <param name="pairs">How many pairs will be added.</param>
/// <param name="repurchaseDays">By product, days until it is bought again; null unless it is a consumable.</param>
public sealed class GenerationBuilder(
    WindowCounts window, int pairs, IReadOnlyList<PairDecision> decisions, IReadOnlyList<int?> repurchaseDays, IReadOnlyDictionary<Sku, Product> products)
{
    /// <summary>How many bestsellers a generation remembers: enough for the longest shelf after a full cart is taken out.</summary>
    private const int BestsellersKept = 200;

    private readonly IReadOnlyList<Sku> _skus = window.Skus;
    private readonly int[] _frequencies = window.Frequencies;
    private readonly long _baskets = window.Baskets;
    private readonly int[] _basketsByMonth = window.ByCalendar(month => window.Months[month].Baskets);
    private readonly int[][] _frequenciesByMonth = [.. Enumerable.Range(0, window.Skus.Count).Select(product => window.ByCalendar(month => window.Frequency(month, product)))];
    private readonly Dictionary<(Sku A, Sku B), PairVerdict> _verdicts = decisions.ToDictionary(decision => (decision.A, decision.B), decision => decision.Verdict);
    private readonly HashSet<(Sku A, Sku B)> _byHand = [.. decisions.Select(decision => (decision.A, decision.B))];
    private readonly List<KeptPair> _pairs = new(pairs);

    /// <param name="candidate">The pair that was scored.</param>
    public void Add(PairCandidate candidate, ScoredPair scored)
    {
        _byHand.Remove((scored.Pair.A, scored.Pair.B));
        var (ab, ba) = (scored.AdviceAb, scored.AdviceBa);
        _pairs.Add(new(
            candidate.A, candidate.B, candidate.Both, scored.Q, scored.ShrunkenLift, scored.Seasonal, scored.Seasonal ? scored.SeasonMonths : [], ab.Touchpoint, ab.AfterDays, ba.Touchpoint, ba.AfterDays));
    }

    public AffinityGeneration Summarise(AffinityGeneration generation, ShopSettings settings)
    {
        var reach = ThresholdReach.Of(_pairs.Select(pair => (pair.A, pair.B, Standing(pair))), settings);
        return generation with
        {
            Kept = _pairs.Count,
            Sound = _pairs.Count(pair => Standing(pair).Sound),
            Seasonal = _pairs.Count(pair => Standing(pair) is { Sound: true, Seasonal: true }),
            Actionable = reach.Pairs,
            ActionableProducts = reach.Products,
            LowestSoundSupport = reach.LowestSoundSupport,
            PairsAtLowestSoundSupport = reach.PairsAtLowest,
            BasketsByMonth = _basketsByMonth,
            Bestsellers = [.. Enumerable.Range(0, _skus.Count)
                .OrderByDescending(product => _frequencies[product]).ThenBy(product => product).Take(BestsellersKept)
                .Select(product => new Bestseller(_skus[product], Title(_skus[product]), _frequencies[product]))],
        };
    }

    /// <summary>A row for every product that was bought or that somebody paired by hand, one at a time.</summary>
    public IEnumerable<ProductAffinity> Build()
    {
        var byA = Enumerable.Range(0, _pairs.Count).ToLookup(pair => _pairs[pair].A);
        var byB = Enumerable.Range(0, _pairs.Count).ToLookup(pair => _pairs[pair].B);
        var numbers = _skus.Select((sku, number) => (sku, number)).ToDictionary(product => product.sku, product => product.number);
        var byHand = _byHand.SelectMany(pair => new[] { (Sku: pair.A, Partner: pair.B, Verdict: _verdicts[pair]), (Sku: pair.B, Partner: pair.A, Verdict: _verdicts[pair]) }).ToLookup(pair => pair.Sku);
        return _skus.Select(Bought).Concat(byHand.Select(pairs => pairs.Key).Where(sku => !numbers.ContainsKey(sku)).Order().Select(sku => Row(sku, [])));

        ProductAffinity Bought(Sku sku, int number) =>
            Row(sku, byA[number].Select(pair => PartnerB(_pairs[pair])).Concat(byB[number].Select(pair => PartnerA(_pairs[pair])))) with
            {
                RepurchaseDays = repurchaseDays[number],
                BasketsByMonth = _frequenciesByMonth[number],
            };

        ProductAffinity Row(Sku sku, IEnumerable<Partner> measured) =>
            new(sku, Title(sku), Baskets(sku), Best(measured.Concat(byHand[sku].Select(pair => new Partner(pair.Partner, Title(pair.Partner), Baskets(pair.Partner), 0) { Verdict = pair.Verdict }))));

        long Baskets(Sku sku) => numbers.TryGetValue(sku, out var number) ? _frequencies[number] : 0;
    }

    private Partner PartnerA(KeptPair pair) => Partner(pair, pair.A, pair.TouchpointBa, pair.AfterDaysBa);

    private Partner PartnerB(KeptPair pair) => Partner(pair, pair.B, pair.TouchpointAb, pair.AfterDaysAb);

    private Partner Partner(KeptPair pair, int partner, Touchpoint touchpoint, int? afterDays) => new(_skus[partner], Title(_skus[partner]), _frequencies[partner], pair.Both)
    {
        Q = pair.Q,
        ShrunkenLift = pair.ShrunkenLift,
        OnlyInMonths = pair.OnlyInMonths,
        Touchpoint = touchpoint,
        AfterDays = afterDays,
        Verdict = Verdict(pair),
    };

    /// <summary>A product everybody buys is among the best partners of many; its own row holds no more than any other, besides what people decided.</summary>
    private static IReadOnlyList<Partner> Best(IEnumerable<Partner> partners) =>
        [.. partners.Order(Affinity.Partner.BestFirst).Where((partner, index) => index < PairCandidates.PerProduct || partner.Verdict is not null)];

    private PairStanding Standing(KeptPair pair) => new(
        AffinityScore.Support(pair.Both, _baskets), AffinityScore.Lift(pair.Both, _frequencies[pair.A], _frequencies[pair.B], _baskets),
        pair.Q <= ScoredPair.MostQ, pair.Seasonal, Verdict(pair));

    private PairVerdict? Verdict(KeptPair pair) => _verdicts.TryGetValue((_skus[pair.A], _skus[pair.B]), out var verdict) ? verdict : null;

    private string? Title(Sku sku) => products.GetValueOrDefault(sku)?.Title;

    /// <summary>What the rows of both products say of a pair.</summary>
    private readonly record struct KeptPair(
        int A, int B, int Both, double Q, double ShrunkenLift, bool Seasonal, IReadOnlyList<int> OnlyInMonths, Touchpoint TouchpointAb, int? AfterDaysAb, Touchpoint TouchpointBa, int? AfterDaysBa);
}
