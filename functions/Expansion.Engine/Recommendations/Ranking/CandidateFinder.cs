using Expansion.Engine.Recommendations.Training;

namespace Expansion.Engine.Recommendations.Ranking;

/// <summary>
/// Asks every source, gathers the best of each and describes them by numbers that all tasks share, so that one ranking can be learned over them.
/// Holds some arrays as long as the catalogue: one finder serves one request at a time.
/// </summary>
internal sealed class CandidateFinder
{
    private const int PerSource = 80;
    private const int MostOwn = 300;
    private const double QueryHalfLife = 60;

    private readonly ModelSources _sources;
    private readonly Signal[] _signals;
    private readonly int[] _popular;
    private readonly Dictionary<int, OwnHistory> _own = [];
    private readonly HashSet<int> _forbidden = [];
    private readonly HashSet<int> _candidates = [];

    public CandidateFinder(ModelSources sources)
    {
        _sources = sources;
        var products = sources.Facts.LastSold.Length;
        _signals = [.. Enumerable.Range(0, CandidateFeatures.Signals).Select(_ => new Signal(products))];
        _popular = [.. Enumerable.Range(0, products)
            .OrderByDescending(product => sources.Facts.Sold[0][product]).ThenByDescending(product => sources.Facts.Sold[1][product]).ThenByDescending(product => sources.Facts.Sold[^1][product])];
    }

    public IReadOnlyList<Signal> Signals => _signals;

    public IReadOnlyDictionary<int, OwnHistory> Own => _own;

    public bool IsForbidden(int product) => _forbidden.Contains(product);

    /// <summary>The candidates, and the ranks they have by each source.</summary>
    public (List<int> Candidates, Dictionary<int, int>[] Ranks) Find(CustomerContext context)
    {
        Describe(context);
        Score(context);
        _candidates.Clear();
        var found = new List<int>();
        var ranks = new Dictionary<int, int>[_signals.Length];
        for (var signal = 0; signal < _signals.Length; signal++)
        {
            ranks[signal] = [];
            foreach (var product in _signals[signal].Strongest(PerSource, product => !_forbidden.Contains(product)))
            {
                ranks[signal].Add(product, ranks[signal].Count);
                Add(product);
            }
        }

        foreach (var product in _popular.Where(product => !_forbidden.Contains(product)).Take(PerSource))
        {
            Add(product);
        }

        foreach (var product in _own.OrderByDescending(own => own.Value.Recent).ThenBy(own => own.Key).Select(own => own.Key).Where(product => !_forbidden.Contains(product)).Take(MostOwn))
        {
            Add(product);
        }

        return (found, ranks);

        void Add(int product)
        {
            if (_candidates.Add(product))
            {
                found.Add(product);
            }
        }
    }

    private void Describe(CustomerContext context)
    {
        _own.Clear();
        _forbidden.Clear();
        _forbidden.UnionWith(context.Basket);
        foreach (var order in context.Orders)
        {
            var age = Math.Max(0, context.Now - order.Day);
            foreach (var product in order.Items)
            {
                _own[product] = _own.GetValueOrDefault(product).With(order.Day, age);
                if (context.Task == RecommendationTask.Discovery)
                {
                    _forbidden.Add(product);
                }
            }
        }
    }

    private void Score(CustomerContext context)
    {
        foreach (var signal in _signals)
        {
            signal.Clear();
        }

        if (context.Task == RecommendationTask.Basket)
        {
            foreach (var product in context.Basket)
            {
                Score(product, 1, 1);
            }
        }
        else
        {
            foreach (var (product, own) in _own)
            {
                Score(product, 1, (float)own.Query);
            }
        }
    }

    private void Score(int product, float plain, float recent)
    {
        _signals[CandidateFeatures.Baskets].Add(_sources.Baskets.Of(product), recent);
        _signals[CandidateFeatures.Customers].Add(_sources.Customers.Of(product), plain);
        _signals[CandidateFeatures.CustomersRecent].Add(_sources.Customers.Of(product), recent);
        _signals[CandidateFeatures.Walk].Add(_sources.Walk.Of(product), recent);
        _signals[CandidateFeatures.Confidence].Max(_sources.Confidence.Of(product));
        _signals[CandidateFeatures.Content].Add(_sources.Content.Of(product), recent);
        _signals[CandidateFeatures.ContentBest].Max(_sources.Content.Of(product));
    }

    /// <summary>One customer's purchases of one product.</summary>
    public readonly record struct OwnHistory(int Times, double FirstDay, double LastDay, double Query, double Recent)
    {
        public OwnHistory With(double day, double age) => new(
            Times + 1, Times == 0 ? day : FirstDay, day, Query + Math.Pow(0.5, age / QueryHalfLife), Recent + Math.Pow(0.5, age / 20));
    }
}
