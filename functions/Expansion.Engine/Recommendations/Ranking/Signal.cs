namespace Expansion.Engine.Recommendations.Ranking;

/// <summary>The scores one source gives to products for one context. Most products get none, so those that do are listed.</summary>
internal sealed class Signal(int products)
{
    /// <summary>How many of the strongest are candidates.</summary>
    public const int Most = 80;

    private readonly float[] _scores = new float[products];
    private readonly bool[] _isTouched = new bool[products];
    private readonly List<int> _touched = [];
    private readonly Neighbour[] _best = new Neighbour[Most];

    /// <summary>By product its place among the strongest, from 1; 0 for others.</summary>
    private readonly byte[] _places = new byte[products];

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

    public void Max(ReadOnlySpan<Neighbour> neighbours, float weight)
    {
        foreach (var neighbour in neighbours)
        {
            Touch(neighbour.Item);
            _scores[neighbour.Item] = Math.Max(_scores[neighbour.Item], weight * neighbour.Weight);
        }
    }

    /// <summary>Place of the product among the strongest, 0 for the first; null for others.</summary>
    public int? Rank(int product) => _places[product] is > 0 and var place ? place - 1 : null;

    /// <summary>The strongest products that may be recommended, best first, ties to the lower number.</summary>
    public ReadOnlySpan<Neighbour> RankStrongest(HashSet<int> forbidden)
    {
        var count = 0;
        foreach (var product in _touched)
        {
            var one = new Neighbour(product, _scores[product]);
            if (one.Weight <= 0 || (count == Most && one.CompareTo(_best[^1]) > 0) || forbidden.Contains(product))
            {
                continue;
            }

            var place = ~_best.AsSpan(0, count).BinarySearch(one);
            count = Math.Min(Most, count + 1);
            _best.AsSpan(place, count - place - 1).CopyTo(_best.AsSpan(place + 1));
            _best[place] = one;
        }

        var strongest = _best.AsSpan(0, count);
        for (var place = 0; place < count; place++)
        {
            _places[strongest[place].Item] = (byte)(place + 1);
        }

        Highest = count == 0 ? 1 : strongest[0].Weight;
        return strongest;
    }

    public void Clear()
    {
        foreach (var product in _touched)
        {
            (_scores[product], _isTouched[product], _places[product]) = (0, false, 0);
        }

        _touched.Clear();
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
