namespace Expansion.Engine.Recommendations.Ranking;

/// <summary>The scores one source gives to products for one context. Most products get none, so those that do are listed.</summary>
internal sealed class Signal(int products)
{
    private readonly float[] _scores = new float[products];
    private readonly bool[] _isTouched = new bool[products];
    private readonly List<int> _touched = [];
    private readonly PriorityQueue<int, (float Score, int Order)> _best = new();
    private readonly Dictionary<int, int> _ranks = [];

    /// <summary>The highest score of a product that may be recommended; 1 when there is none.</summary>
    public float Highest { get; private set; }

    public float this[int product] => _scores[product];

    public void Add(ReadOnlySpan<Neighbour> neighbours, float weight)
    {
        foreach (var neighbour in neighbours)
        {
            Touch(neighbour.Item);
            _scores[neighbour.Item] += weight * neighbour.Weight;
        }
    }

    public void Add(int product, float score)
    {
        Touch(product);
        _scores[product] += score;
    }

    public void Max(ReadOnlySpan<Neighbour> neighbours)
    {
        foreach (var neighbour in neighbours)
        {
            Touch(neighbour.Item);
            _scores[neighbour.Item] = Math.Max(_scores[neighbour.Item], neighbour.Weight);
        }
    }

    /// <summary>Place of the product among the strongest, 0 for the first; null for others.</summary>
    public int? Rank(int product) => _ranks.TryGetValue(product, out var rank) ? rank : null;

    /// <summary>The strongest products that may be recommended, best first, ties to the lower number.</summary>
    public IReadOnlyList<int> RankStrongest(int most, HashSet<int> forbidden)
    {
        foreach (var product in _touched.Where(product => _scores[product] > 0 && !forbidden.Contains(product)))
        {
            if (_best.Count < most)
            {
                _best.Enqueue(product, (_scores[product], -product));
            }
            else
            {
                _best.EnqueueDequeue(product, (_scores[product], -product));
            }
        }

        var strongest = new int[_best.Count];
        for (var rank = strongest.Length - 1; rank >= 0; rank--)
        {
            strongest[rank] = _best.Dequeue();
            _ranks.Add(strongest[rank], rank);
        }

        Highest = strongest.Length == 0 ? 1 : _scores[strongest[0]];
        return strongest;
    }

    public void Clear()
    {
        foreach (var product in _touched)
        {
            (_scores[product], _isTouched[product]) = (0, false);
        }

        _touched.Clear();
        _ranks.Clear();
        Highest = 0;
    }

    private void Touch(int product)
    {
        if (!_isTouched[product])
        {
            _isTouched[product] = true;
            _touched.Add(product);
        }
    }
}
