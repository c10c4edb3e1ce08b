using System.Collections.Concurrent;
using Expansion.Engine.Recommendations.Ranking;
using Expansion.Engine.Recommendations.Training;

namespace Expansion.Engine.Recommendations;

/// <summary>
/// Everything that serving needs, in one immutable piece that any number of threads may ask. Sources whose data is missing say nothing, and the rest go on:
/// without orders descriptions answer, without descriptions the catalogue does; the list is only empty when nothing is left to recommend.
/// </summary>
public sealed class RecommendationModel
{
    private readonly Sku[] _skus;
    private readonly ProductDescription[] _products;
    private readonly ModelSources _sources;
    private readonly RankingModel[] _rankings;
    private readonly double _end;
    private readonly Dictionary<Sku, int> _numbers;
    private readonly ConcurrentBag<CandidateFinder> _finders = [];

    internal RecommendationModel(Sku[] skus, ProductDescription[] products, ModelSources sources, RankingModel[] rankings, double end)
    {
        (_skus, _products, _sources, _rankings, _end) = (skus, products, sources, rankings, end);
        _numbers = skus.Select((sku, number) => (sku, number)).ToDictionary(product => product.sku, product => product.number);
    }

    /// <summary>How many products are known, sold or not.</summary>
    public int Products => _skus.Length;

    /// <summary>In how many of the orders it was trained on a product is; 0 for one it doesn't know.</summary>
    public double Sold(Sku sku) => _numbers.TryGetValue(sku, out var product) ? _sources.Facts.Sold[^1][product] : 0;

    public void Save(Stream stream) => ModelFile.Write(stream, _skus, _products, _sources, _rankings, _end);

    /// <exception cref="FormatException">The stream is no model, is damaged, or was written by another version: train again.</exception>
    public static RecommendationModel Load(Stream stream) => ModelFile.Read(stream);

    /// <summary>Best first; products that aren't known are passed over.</summary>
    public IReadOnlyList<RankedPick> Recommend(RecommendationRequest request)
    {
        if (!_finders.TryTake(out var finder))
        {
            finder = new(_sources);
        }

        try
        {
            var context = Context(request);
            var candidates = finder.Find(context);
            return request.Only is { } source ? FromOne(finder, candidates, source, request.Limit) : FromAll(finder, candidates, request.Limit);
        }
        finally
        {
            _finders.Add(finder);
        }
    }

    private CustomerContext Context(RecommendationRequest request)
    {
        var now = request.Now is { } time ? Days(time) : _end;
        var orders = request.Orders.Select(order => new PastOrder(order.At is { } at ? Days(at) : 0, Numbers(order.Skus))).OrderBy(order => order.Day).ToList();
        var basket = Numbers(request.Basket);
        var task = request.Task == RecommendationTask.Basket && basket.Length == 0 && orders.Count > 0 ? RecommendationTask.NextPurchase : request.Task;
        return new(task, basket, orders, now);
    }

    private List<RankedPick> FromAll(CandidateFinder finder, List<int> candidates, int limit)
    {
        var ranking = _rankings[(int)finder.Context.Task];
        Span<float> features = stackalloc float[CandidateFeatures.CountFor(finder.Context.Task)];
        var scored = new List<(int Product, float Score)>(candidates.Count);
        foreach (var candidate in candidates)
        {
            finder.Describe(candidate, features);
            scored.Add((candidate, ranking.Score(features)));
        }

        scored.Sort((x, y) => y.Score.CompareTo(x.Score) is var byScore and not 0 ? byScore : (Sold(y.Product), x.Product).CompareTo((Sold(x.Product), y.Product)));
        var picks = new List<RankedPick>();
        foreach (var (product, score) in scored.Take(limit))
        {
            finder.Describe(product, features);
            var contributions = ranking.Contributions(features, score);
            var source = contributions.Count > 0 ? contributions[0].Source : RecommendationSource.Bestseller;
            if (source == RecommendationSource.Collaborative && _sources.Facts.Sold[^1][product] == 0)
            {
                // Nobody bought it yet: what leads to it is its family.
                source = RecommendationSource.Content;
            }

            picks.Add(Pick(finder, product, score, source, contributions));
        }

        return Fill(finder, picks, limit);
    }

    private float Sold(int product) => _sources.Facts.Sold[0][product];

    private List<RankedPick> FromOne(CandidateFinder finder, List<int> candidates, RecommendationSource source, int limit)
    {
        var signal = CandidateFeatures.SignalOf(source, finder.Context.Task) is { } index ? finder.Signals[index] : null;
        var picks = candidates.Select(product => (product, Score: (double)(signal?[product] ?? 0))).Where(scored => scored.Score > 0)
            .OrderByDescending(scored => scored.Score).ThenBy(scored => scored.product).Take(limit)
            .Select(scored => Pick(finder, scored.product, scored.Score, source, [])).ToList();
        return Fill(finder, picks, limit);
    }

    private List<RankedPick> Fill(CandidateFinder finder, List<RankedPick> picks, int limit)
    {
        if (picks.Count < limit)
        {
            var shown = picks.Select(pick => _numbers[pick.Sku]).ToHashSet();
            picks.AddRange(finder.Popular.Where(product => !shown.Contains(product)).Take(limit - picks.Count)
                .Select(product => Pick(finder, product, 0, RecommendationSource.Bestseller, [])));
        }

        return picks;
    }

    private RankedPick Pick(CandidateFinder finder, int product, double score, RecommendationSource source, IReadOnlyList<SourceContribution> contributions)
    {
        var because = Leading(finder, product, source);
        return new(_skus[product], score, source, because is { } leading ? _skus[leading] : null, Reason(finder, product, source, because), contributions);
    }

    /// <summary>The product of the context that does most for the source's word.</summary>
    private int? Leading(CandidateFinder finder, int product, RecommendationSource source)
    {
        var neighbours = source switch
        {
            RecommendationSource.Affinity => _sources.Confidence,
            RecommendationSource.Collaborative => finder.Context.Task == RecommendationTask.Basket ? _sources.Baskets : _sources.BasketsEver,
            RecommendationSource.Content => _sources.Content,
            _ => null,
        };
        return neighbours is null ? null : finder.Query
            .Select(query => (query.Product, Weight: query.Weight * neighbours.Weight(query.Product, product)))
            .Where(query => query.Weight > 0)
            .OrderByDescending(query => query.Weight).ThenBy(query => query.Product)
            .Select(query => (int?)query.Product).FirstOrDefault();
    }

    private string Reason(CandidateFinder finder, int product, RecommendationSource source, int? because)
    {
        if (source == RecommendationSource.Habit && finder.Own.TryGetValue(product, out var own))
        {
            return own.InWords(finder.Context.Now);
        }

        if (because is not { } leading)
        {
            return _sources.Facts.Sold[^1][product] > 0 ? "A bestseller." : "From the catalogue.";
        }

        var title = _products[leading].Title is { Length: > 0 } known ? known : _skus[leading].Value;
        if (source == RecommendationSource.Content)
        {
            return $"Similar to {title}: {_products[leading].SharedWith(_products[product]) ?? "described alike"}.";
        }

        return _sources.Confidence.Weight(leading, product) is var share and > 0
            ? FormattableString.Invariant($"Bought in {share:P0} of orders with {title}.")
            : $"Often bought by those who bought {title}.";
    }

    private int[] Numbers(IEnumerable<Sku> skus) => [.. skus.Where(_numbers.ContainsKey).Select(sku => _numbers[sku]).Distinct()];

    private static double Days(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalDays;
}
