namespace Expansion.Engine.Offers.Bundles;

/// <summary>A good choice of bundles in little time: greedy, then any bundle that is worth more than those it would push out takes their place.</summary>
internal sealed class BundleSwaps
{
    /// <summary>Times all candidates are gone through for swaps; the first two gain nearly everything.</summary>
    private const int Passes = 5;

    private readonly IReadOnlyList<BundleCandidate> _candidates;
    private readonly int[] _room;
    private readonly int _most;
    private readonly List<int>[] _holders;
    private readonly HashSet<int> _chosen = [];

    private BundleSwaps(IReadOnlyList<BundleCandidate> candidates, int[] room, int most)
    {
        (_candidates, _room, _most) = (candidates, room, most);
        _holders = [.. room.Select(_ => new List<int>())];
    }

    private double Value => _chosen.Sum(index => _candidates[index].Value);

    /// <summary>The better of two starts: the most valuable first, and the most valuable a product first.</summary>
    /// <param name="candidates">By value a product, best first.</param>
    /// <returns>Their numbers, ascending.</returns>
    public static int[] Improve(IReadOnlyList<BundleCandidate> candidates, int[] room, int most)
    {
        var numbers = Enumerable.Range(0, candidates.Count).ToList();
        var dense = new BundleSwaps(candidates, room, most).From(numbers);
        var large = new BundleSwaps(candidates, room, most).From([.. numbers.OrderByDescending(index => candidates[index].Value).ThenBy(index => index)]);
        return [.. (dense.Value >= large.Value ? dense : large)._chosen.Order()];
    }

    private BundleSwaps From(IReadOnlyList<int> order)
    {
        var changed = true;
        for (var pass = 0; pass <= Passes && changed; pass++)
        {
            changed = false;
            foreach (var index in order.Where(index => !_chosen.Contains(index)))
            {
                var victims = Victims(_candidates[index]);
                if (victims.Sum(victim => _candidates[victim].Value) < _candidates[index].Value)
                {
                    victims.ForEach(Remove);
                    Add(index);
                    changed = true;
                }
            }
        }

        return this;
    }

    /// <summary>The cheapest bundles that would have to go for another: one for each product without room, and one more if there are as many as may be.</summary>
    private List<int> Victims(BundleCandidate candidate)
    {
        var victims = candidate.Members.Where(member => _holders[member].Count >= _room[member]).Select(member => Cheapest(_holders[member])).Distinct().ToList();
        if (_chosen.Count - victims.Count >= _most)
        {
            victims.Add(Cheapest(_chosen.Except(victims)));
        }

        return victims;
    }

    private int Cheapest(IEnumerable<int> bundles) => bundles.OrderBy(index => _candidates[index].Value).ThenByDescending(index => index).First();

    private void Add(int index)
    {
        _chosen.Add(index);
        foreach (var member in _candidates[index].Members)
        {
            _holders[member].Add(index);
        }
    }

    private void Remove(int index)
    {
        _chosen.Remove(index);
        foreach (var member in _candidates[index].Members)
        {
            _holders[member].Remove(index);
        }
    }
}
