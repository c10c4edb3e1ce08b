namespace Expansion.Engine.Affinity.Months;

/// <summary>Adds up the pairs of one product over the months. What was touched is cleared as it is taken, so it serves product after product.</summary>
internal sealed class PairSum(int products, int months)
{
    private readonly int[] _totals = new int[products];
    private readonly int[] _last = new int[products];
    private readonly int[] _byMonth = new int[months];
    private readonly List<int> _touched = [];
    private readonly List<(int Month, int Both, int Before)> _entries = [];

    public void Add(int month, DigestPairs pairs, int[] numbers)
    {
        while (pairs.MoveNext())
        {
            var partner = numbers[pairs.Partner];
            if (_totals[partner] == 0)
            {
                _touched.Add(partner);
                _last[partner] = -1;
            }

            _totals[partner] += pairs.Both;
            _entries.Add((month, pairs.Both, _last[partner]));
            _last[partner] = _entries.Count - 1;
        }
    }

    public IEnumerable<PairMonths> Take(int product, int minCount)
    {
        _touched.Sort();
        foreach (var partner in _touched)
        {
            var both = _totals[partner];
            _totals[partner] = 0;
            if (both >= minCount)
            {
                Array.Clear(_byMonth);
                for (var entry = _last[partner]; entry >= 0; entry = _entries[entry].Before)
                {
                    _byMonth[_entries[entry].Month] = _entries[entry].Both;
                }

                yield return new(product, partner, both, _byMonth);
            }
        }

        _touched.Clear();
        _entries.Clear();
    }
}
