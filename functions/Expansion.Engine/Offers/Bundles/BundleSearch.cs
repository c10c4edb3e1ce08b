using Expansion.Engine.Offers.Pricing;

namespace Expansion.Engine.Offers.Bundles;

/// <summary>A set of products that all belong together, with its price in minor units and its expected margin a basket, in minor units too.</summary>
internal sealed record BundleCandidate(int[] Members, long Price, double Share, double Value);

/// <summary>
/// Finds the sets of two to four products of which every two belong together (cliques) with the highest expected margins. Sets are grown in order of number; a branch is left
/// when not even its rarest pair at the least discount could reach the worst set kept. The best are kept of each first product, so that bestsellers don't crowd out the rest.
/// Exact while the steps last; the products with the most valuable pairs come first.
/// </summary>
/// <param name="keep">Sets kept of each first product.</param>
internal sealed class BundleSearch(BundleGraph graph, PricingSettings settings, int keep, long steps)
{
    private readonly PriorityQueue<BundleCandidate, BundleCandidate> _best = new(Comparer<BundleCandidate>.Create(BestLast));
    private readonly List<BundleCandidate> _kept = [];
    private long _left = steps;

    /// <summary>Whether nothing was passed over: every set was looked at, and none dropped for want of room.</summary>
    public bool Complete { get; private set; } = true;

    public Dictionary<string, long> LeftOut { get; } = [];

    /// <summary>In no order.</summary>
    public IReadOnlyList<BundleCandidate> Run()
    {
        foreach (var (node, number) in graph.Nodes.Select((node, number) => (node, number)).OrderByDescending(start => Promise(start.node)).ThenBy(start => start.number))
        {
            Grow([number], node.Price, node.Cost, node.MostMargin, 0, node.LnShare, double.PositiveInfinity, [.. node.Links.Select(link => new Extension(link.To, link.LnShare, link.LnShare))]);
            _kept.AddRange(_best.UnorderedItems.Select(item => item.Element));
            _best.Clear();
        }

        return _kept;
    }

    /// <summary>Higher values last; of equals the smaller set, then the one with the smaller numbers, so that the outcome is always the same.</summary>
    internal static int BestLast(BundleCandidate x, BundleCandidate y) =>
        x.Value != y.Value ? x.Value.CompareTo(y.Value)
        : x.Members.Length != y.Members.Length ? y.Members.Length.CompareTo(x.Members.Length)
        : y.Members.AsSpan().SequenceCompareTo(x.Members);

    private double Promise(BundleNode node) => node.Links.Count == 0 ? 0 : node.Links.Max(link => Math.Exp(link.LnShare) * (node.MostMargin + graph.Nodes[link.To].MostMargin));

    private void Grow(int[] members, long price, long cost, double mostMargin, double lnPairs, double lnSingles, double lnRarest, List<Extension> extensions)
    {
        var room = settings.MaxBundleSize - members.Length - 1;
        for (var index = 0; index < extensions.Count; index++)
        {
            var extension = extensions[index];
            if (--_left < 0)
            {
                Complete = false;
                return;
            }

            var node = graph.Nodes[extension.Node];
            var rarest = Math.Min(lnRarest, extension.LnRarest);
            int[] grown = [.. members, extension.Node];
            var (sum, costs, most, pairs, singles) = (price + node.Price, cost + node.Cost, mostMargin + node.MostMargin, lnPairs + extension.LnPairs, lnSingles + node.LnShare);
            Judge(grown, sum, costs, BundleDemand.ShareTogether(grown.Length, pairs, singles, rarest));
            if (room > 0)
            {
                var next = Common(extensions, index + 1, node.Links, out var mostAdded);
                if (next.Count > 0 && CouldBeKept(Math.Exp(rarest) * (most + (room * mostAdded))))
                {
                    Grow(grown, sum, costs, most, pairs, singles, rarest, next);
                }
            }
        }
    }

    private void Judge(int[] members, long sum, long cost, double share)
    {
        if (BundlePrice.Of(sum, cost, settings, out var reason) is not { } price)
        {
            var sets = $"sets of products: {reason}";
            LeftOut[sets] = LeftOut.GetValueOrDefault(sets) + 1;
            return;
        }

        var candidate = new BundleCandidate(members, price, share, share * (price - cost));
        if (candidate.Value <= 0)
        {
            return;
        }

        _best.Enqueue(candidate, candidate);
        if (_best.Count > keep)
        {
            _best.Dequeue();
            Complete = false;
        }
    }

    private bool CouldBeKept(double most)
    {
        var could = _best.Count < keep || most >= _best.Peek().Value;
        Complete &= could;
        return could;
    }

    /// <summary>Which of the extensions from an index on also belong to the product just added.</summary>
    private List<Extension> Common(List<Extension> extensions, int from, List<BundleLink> links, out double mostAdded)
    {
        var common = new List<Extension>();
        mostAdded = 0;
        var (left, right) = (from, 0);
        while (left < extensions.Count && right < links.Count)
        {
            var order = extensions[left].Node.CompareTo(links[right].To);
            if (order == 0)
            {
                var (extension, link) = (extensions[left], links[right]);
                common.Add(new(extension.Node, extension.LnPairs + link.LnShare, Math.Min(extension.LnRarest, link.LnShare)));
                mostAdded = Math.Max(mostAdded, graph.Nodes[extension.Node].MostMargin);
            }

            left += order <= 0 ? 1 : 0;
            right += order >= 0 ? 1 : 0;
        }

        return common;
    }

    /// <param name="LnPairs">Sum of the logarithms of its shares with every member.</param>
    /// <param name="LnRarest">The least of them.</param>
    private readonly record struct Extension(int Node, double LnPairs, double LnRarest);
}
