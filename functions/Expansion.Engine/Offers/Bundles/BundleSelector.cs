using Expansion.Engine.Offers.Pricing;

namespace Expansion.Engine.Offers.Bundles;

/// <summary>
/// Chooses from candidates the bundles with the highest expected margin in all, no product in more of them than allowed (weighted set packing).
/// Branch and bound from a greedy choice improved by swaps: exact while the steps last, else the best found.
/// </summary>
internal sealed class BundleSelector
{
    private readonly IReadOnlyList<BundleCandidate> _candidates;
    private readonly int _most;
    private readonly int[] _room;
    private readonly long[] _sizes;
    private readonly double[] _values;
    private readonly double[] _mostAfter;
    private readonly List<int> _chosen = [];
    private long _left;
    private int[] _best;
    private double _bestValue;

    /// <param name="candidates">Any order.</param>
    public BundleSelector(IEnumerable<BundleCandidate> candidates, int products, PricingSettings settings, long steps)
    {
        // By value a product, so that the sums from any place on bound what the room left can still earn.
        _candidates = [.. candidates.OrderByDescending(candidate => candidate.Value / candidate.Members.Length).ThenByDescending(candidate => candidate, Comparer<BundleCandidate>.Create(BundleSearch.BestLast))];
        (_most, _left) = (settings.MaxBundles, steps);
        _room = new int[products];
        Array.Fill(_room, settings.MaxBundlesPerProduct);
        (_sizes, _values, _mostAfter) = (new long[_candidates.Count + 1], new double[_candidates.Count + 1], new double[_candidates.Count + 1]);
        for (var index = 0; index < _candidates.Count; index++)
        {
            _sizes[index + 1] = _sizes[index] + _candidates[index].Members.Length;
            _values[index + 1] = _values[index] + _candidates[index].Value;
        }

        for (var index = _candidates.Count - 1; index >= 0; index--)
        {
            _mostAfter[index] = Math.Max(_mostAfter[index + 1], _candidates[index].Value);
        }

        _best = [];
    }

    /// <summary>Whether the choice is proved to be the best.</summary>
    public bool Exact { get; private set; } = true;

    /// <summary>Best first.</summary>
    public IReadOnlyList<BundleCandidate> Run()
    {
        _best = BundleSwaps.Improve(_candidates, _room, _most);
        _bestValue = _best.Sum(index => _candidates[index].Value);
        Branch(0, 0, _candidates.SelectMany(candidate => candidate.Members).Distinct().Sum(member => (long)_room[member]));
        return [.. _best.Select(index => _candidates[index]).OrderDescending(Comparer<BundleCandidate>.Create(BundleSearch.BestLast))];
    }

    private void Branch(int from, double value, long room)
    {
        if (value > _bestValue)
        {
            (_best, _bestValue) = ([.. _chosen], value);
        }

        for (var index = from; index < _candidates.Count && _chosen.Count < _most; index++)
        {
            if (value + MostFrom(index, room) <= _bestValue * (1 + 1e-12))
            {
                return;
            }

            if (--_left < 0)
            {
                Exact = false;
                return;
            }

            var members = _candidates[index].Members;
            if (members.All(member => _room[member] > 0))
            {
                Take(members, -1);
                _chosen.Add(index);
                Branch(index + 1, value + _candidates[index].Value, room - members.Length);
                _chosen.RemoveAt(_chosen.Count - 1);
                Take(members, 1);
            }
        }
    }

    private void Take(int[] members, int change)
    {
        foreach (var member in members)
        {
            _room[member] += change;
        }
    }

    /// <summary>The most that candidates from an index on can add: no more than as many of the largest as may be chosen, nor than the densest that fill the room, the last in part.</summary>
    private double MostFrom(int index, long room)
    {
        var end = Array.BinarySearch(_sizes, index, _sizes.Length - index, _sizes[index] + room);
        end = end >= 0 ? end : ~end;
        return Math.Min(_values[Math.Min(end, _candidates.Count)] - _values[index], (_most - _chosen.Count) * _mostAfter[index]);
    }
}
