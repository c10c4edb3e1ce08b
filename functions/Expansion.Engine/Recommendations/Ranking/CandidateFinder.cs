using Expansion.Engine.Recommendations.Training;

namespace Expansion.Engine.Recommendations.Ranking;

/// <summary>
/// Asks every source, gathers the best of each and describes them by numbers that all tasks share, so that one ranking can be learned over them.
/// Holds some arrays as long as the catalogue: one finder serves one request at a time.
/// </summary>
internal sealed class CandidateFinder
{
    private const int MostOwn = 300;
    private const double QueryHalfLife = 60;
    private const double RecentHalfLife = 20;

    private readonly ModelSources _sources;
    private readonly Signal[] _signals;
    private readonly Dictionary<int, OwnHistory> _own = [];
    private readonly HashSet<int> _forbidden = [];
    private readonly HashSet<int> _candidates = [];

    public CandidateFinder(ModelSources sources)
    {
        _sources = sources;
        var products = sources.Facts.LastSold.Length;
        _signals = [.. Enumerable.Range(0, CandidateFeatures.Signals).Select(_ => new Signal(products))];
    }

    public ReadOnlySpan<Signal> Signals => _signals;

    public IReadOnlyDictionary<int, OwnHistory> Own => _own;

    /// <summary>Share of the customer's purchases that weren't the first of their product, 0 to 1.</summary>
    public float Returning { get; private set; }

    /// <summary>What the sources are asked with: the basket, or without one what the customer ever bought, recent purchases weighing more.</summary>
    public IEnumerable<(int Product, float Weight)> Query => Context.Task == RecommendationTask.Basket
        ? Context.Basket.Select(product => (product, 1f))
        : _own.Select(own => (own.Key, (float)own.Value.Query));

    /// <summary>Every product that may be recommended, bestsellers of late first, then the catalogue in its order.</summary>
    public IEnumerable<int> Popular => _sources.Popular.Where(product => !_forbidden.Contains(product));

    public CustomerContext Context { get; private set; } = new(RecommendationTask.Basket, [], [], 0);

    /// <summary>The candidates; <see cref="Describe"/> then tells of each.</summary>
    public List<int> Find(CustomerContext context)
    {
        Context = context;
        TakeHistory();
        Score();
        _candidates.Clear();
        var found = new List<int>();
        foreach (var signal in _signals)
        {
            foreach (var neighbour in signal.RankStrongest(_forbidden))
            {
                Add(neighbour.Item);
            }
        }

        foreach (var product in Popular.Take(Signal.Most)
            .Concat(_own.Where(own => !_forbidden.Contains(own.Key)).OrderByDescending(own => own.Value.Recent).ThenBy(own => own.Key).Select(own => own.Key).Take(MostOwn)))
        {
            Add(product);
        }

        return found;

        void Add(int product)
        {
            if (_candidates.Add(product))
            {
                found.Add(product);
            }
        }
    }

    public void Describe(int product, Span<float> features) => CandidateFeatures.Write(this, _sources.Facts, product, features);

    private void TakeHistory()
    {
        _own.Clear();
        _forbidden.Clear();
        _forbidden.UnionWith(Context.Basket);
        var purchases = 0;
        for (var order = 0; order < Context.Orders.Count; order++)
        {
            var (day, items) = Context.Orders[order];
            purchases += items.Length;
            foreach (var product in items)
            {
                _own[product] = _own.GetValueOrDefault(product).With(order, day, Math.Max(0, Context.Now - day));
                if (Context.Task == RecommendationTask.Discovery)
                {
                    _forbidden.Add(product);
                }
            }
        }

        Returning = purchases == 0 ? 0 : 1 - ((float)_own.Count / purchases);
    }

    private void Score()
    {
        foreach (var signal in _signals)
        {
            signal.Clear();
        }

        foreach (var (product, weight) in Query)
        {
            Score(product, 1, weight);
        }

        var sold = _sources.Facts.Sold[^1];
        foreach (var (product, own) in _own)
        {
            // Among what was bought as often, what all buy goes first.
            _signals[CandidateFeatures.Habit].Add(product, own.Times + (sold[product] / (sold[product] + 1000)));
        }
    }

    private void Score(int product, float plain, float recent)
    {
        _signals[CandidateFeatures.Baskets].Add(_sources.Baskets.Of(product), recent);
        _signals[CandidateFeatures.Customers].Add(_sources.Customers.Of(product), plain);
        _signals[CandidateFeatures.CustomersRecent].Add(_sources.Customers.Of(product), recent);
        _signals[CandidateFeatures.Walk].Add(_sources.Walk.Of(product), recent);
        _signals[CandidateFeatures.Confidence].Max(_sources.Confidence.Of(product), 1);
        _signals[CandidateFeatures.Content].Add(_sources.Content.Of(product), recent);
        _signals[CandidateFeatures.BasketsEver].Add(_sources.BasketsEver.Of(product), recent);
        _signals[CandidateFeatures.ContentBest].Max(_sources.Content.Of(product), 1);
        _signals[CandidateFeatures.BasketsBest].Max(_sources.Baskets.Of(product), recent);
        _signals[CandidateFeatures.ConfidenceSum].Add(_sources.Confidence.Of(product), recent);
    }

    /// <summary>One customer's purchases of one product.</summary>
    public readonly record struct OwnHistory(int Times, int LastOrder, double FirstDay, double LastDay, double Query, double Recent)
    {
        public OwnHistory With(int order, double day, double age) => new(
            Times + 1, order, Times == 0 ? day : FirstDay, day, Query + Math.Pow(0.5, age / QueryHalfLife), Recent + Math.Pow(0.5, age / RecentHalfLife));

        /// <summary>Usual days between two purchases; null after only one.</summary>
        public double? Gap => Times > 1 ? (LastDay - FirstDay) / (Times - 1) : null;

        public string InWords(double now)
        {
            var since = Math.Max(0, Math.Round(now - LastDay));
            return Gap is { } gap and >= 1
                ? FormattableString.Invariant($"You buy this about every {gap:0} days; last time {since:0} days ago.")
                : FormattableString.Invariant($"You bought this {since:0} days ago.");
        }
    }
}
