namespace Expansion.Engine.Affinity;

/// <summary>
/// Keeps, of all pairs counted, the best partners of each product: those bought together more often than by chance, most often first.
/// Memory is bounded by products × partners, whatever the number of pairs.
/// </summary>
public sealed class AffinityBuilder(BasketWindow window, int partnersPerProduct = AffinityBuilder.DefaultPartners)
{
    public const int DefaultPartners = 50;

    /// <summary>How many bestsellers a generation remembers: enough for the longest shelf after a full cart is taken out.</summary>
    private const int BestsellersKept = 200;

    private readonly PriorityQueue<(int Item, int Both), (int Both, double Lift)>?[] _partners = new PriorityQueue<(int, int), (int, double)>?[window.Skus.Count];

    /// <summary>Pairs taken so far.</summary>
    public long Pairs { get; private set; }

    public void Add(int a, int b, int both)
    {
        Pairs++;
        var lift = AffinityScore.Lift(both, window.Count(a), window.Count(b), window.Baskets);
        if (lift > 1)
        {
            Keep(a, b, both, lift);
            Keep(b, a, both, lift);
        }
    }

    /// <summary>Every product that was bought, with its partners, in the order of the window's products.</summary>
    public IEnumerable<ProductAffinity> Build(IReadOnlyDictionary<Sku, string> titles)
    {
        for (var item = 0; item < _partners.Length; item++)
        {
            if (window.Count(item) > 0)
            {
                yield return new(window.Skus[item], Title(item), window.Count(item), [.. Partners(item)]);
            }
        }

        IEnumerable<Partner> Partners(int item) => _partners[item] is not { } kept
            ? []
            : kept.UnorderedItems.OrderByDescending(partner => partner.Priority).ThenBy(partner => window.Skus[partner.Element.Item])
                .Select(partner => new Partner(window.Skus[partner.Element.Item], Title(partner.Element.Item), window.Count(partner.Element.Item), partner.Element.Both));

        string? Title(int item) => titles.GetValueOrDefault(window.Skus[item]);
    }

    public IReadOnlyList<Bestseller> Bestsellers(IReadOnlyDictionary<Sku, string> titles) =>
        [.. Enumerable.Range(0, window.Skus.Count).Where(item => window.Count(item) > 0)
            .OrderByDescending(window.Count).ThenBy(item => window.Skus[item]).Take(BestsellersKept)
            .Select(item => new Bestseller(window.Skus[item], titles.GetValueOrDefault(window.Skus[item]), window.Count(item)))];

    private void Keep(int product, int partner, int both, double lift)
    {
        var queue = _partners[product] ??= new();
        if (queue.Count < partnersPerProduct)
        {
            queue.Enqueue((partner, both), (both, lift));
        }
        else
        {
            queue.EnqueueDequeue((partner, both), (both, lift));
        }
    }
}
