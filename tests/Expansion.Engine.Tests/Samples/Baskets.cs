using Expansion.Engine.Orders;

namespace Expansion.Engine.Tests.Samples;

/// <summary>Baskets counted in the plainest way there is, to check the sample shop without the miner.</summary>
internal sealed class Baskets
{
    private readonly Dictionary<Sku, int> _singles = [];

    private readonly Dictionary<(Sku, Sku), int> _pairs = [];

    public Baskets(IEnumerable<Order> orders)
    {
        foreach (var basket in orders.Select(order => order.Basket.Order().ToArray()).Where(basket => basket.Length > 0))
        {
            Count++;
            for (var i = 0; i < basket.Length; i++)
            {
                _singles[basket[i]] = With(basket[i]) + 1;
                for (var j = i + 1; j < basket.Length; j++)
                {
                    _pairs[(basket[i], basket[j])] = With(basket[i], basket[j]) + 1;
                }
            }
        }
    }

    public int Count { get; private set; }

    public IEnumerable<(Sku A, Sku B)> Pairs => _pairs.Keys;

    public static (Sku A, Sku B) Ordered(Sku a, Sku b) => a.CompareTo(b) < 0 ? (a, b) : (b, a);

    public int With(Sku sku) => _singles.GetValueOrDefault(sku);

    public int With(Sku a, Sku b) => _pairs.GetValueOrDefault(Ordered(a, b));

    public double Support(Sku a, Sku b) => (double)With(a, b) / Count;

    /// <summary>Baskets with both if the two had nothing to do with each other.</summary>
    public double Expected(Sku a, Sku b) => (double)With(a) * With(b) / Count;

    public double Lift(Sku a, Sku b) => With(a, b) / Expected(a, b);
}
