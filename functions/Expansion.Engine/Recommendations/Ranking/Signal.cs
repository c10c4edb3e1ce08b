namespace Expansion.Engine.Recommendations.Ranking;

/// <summary>The scores one source gives to products for one context. Most products get none, so those that do are listed.</summary>
internal sealed class Signal(int products)
{
    private readonly float[] _scores = new float[products];
    private readonly bool[] _touched = new bool[products];

    public List<int> Touched { get; } = [];

    /// <summary>The highest score; at least a tiny number, so that others can be divided by it.</summary>
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

    public void Max(ReadOnlySpan<Neighbour> neighbours)
    {
        foreach (var neighbour in neighbours)
        {
            Touch(neighbour.Item);
            _scores[neighbour.Item] = Math.Max(_scores[neighbour.Item], neighbour.Weight);
        }
    }

    /// <summary>The strongest products that may be recommended, best first, ties to the lower number.</summary>
    public List<int> Strongest(int most, Func<int, bool> allowed)
    {
        var best = new PriorityQueue<int, (float, int)>();
        foreach (var product in Touched)
        {
            if (_scores[product] > 0 && allowed(product))
            {
                if (best.Count < most)
                {
                    best.Enqueue(product, (_scores[product], -product));
                }
                else
                {
                    best.EnqueueDequeue(product, (_scores[product], -product));
                }
            }
        }

        var strongest = new List<int>(best.Count);
        while (best.TryDequeue(out var product, out _))
        {
            strongest.Add(product);
        }

        strongest.Reverse();
        Highest = strongest.Count == 0 ? 1e-9f : _scores[strongest[0]];
        return strongest;
    }

    public void Clear()
    {
        foreach (var product in Touched)
        {
            (_scores[product], _touched[product]) = (0, false);
        }

        Touched.Clear();
        Highest = 0;
    }

    private void Touch(int product)
    {
        if (!_touched[product])
        {
            _touched[product] = true;
            Touched.Add(product);
        }
    }
}
