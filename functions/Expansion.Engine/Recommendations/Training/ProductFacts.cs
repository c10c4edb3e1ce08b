namespace Expansion.Engine.Recommendations.Training;

/// <summary>What the orders say of each product by itself: how much it sells and since when, and how often the same customer buys it again.</summary>
internal sealed class ProductFacts
{
    /// <summary>Half-lives in days over which sales are counted, the freshest first; without dates they are all alike.</summary>
    public static readonly double[] HalfLives = [7, 30, double.PositiveInfinity];

    private ProductFacts(int products) => (Sold, LastSold, FirstSold, Rebought, Gap) =
        ([.. HalfLives.Select(_ => new float[products])], new float[products], new float[products], new float[products], new float[products]);

    private ProductFacts(float[][] sold, float[] lastSold, float[] firstSold, float[] rebought, float[] gap) =>
        (Sold, LastSold, FirstSold, Rebought, Gap) = (sold, lastSold, firstSold, rebought, gap);

    /// <summary>By half-life and product the orders that hold it, a recent one counting more.</summary>
    public float[][] Sold { get; }

    /// <summary>Days since the product was last and first sold; 0 when never.</summary>
    public float[] LastSold { get; }

    public float[] FirstSold { get; }

    /// <summary>Share of purchases by a known customer that weren't the first of that product, 0 to 1, drawn towards the shop's share by ten purchases.</summary>
    public float[] Rebought { get; }

    /// <summary>Usual days between two purchases by the same customer, drawn towards the shop's mean by ten gaps; 0 when nobody ever came back.</summary>
    public float[] Gap { get; }

    public float[][] Columns => [.. Sold, LastSold, FirstSold, Rebought, Gap];

    public static ProductFacts FromColumns(float[][] columns) => columns is [.. var sold, var last, var first, var rebought, var gap]
        ? new(sold, last, first, rebought, gap)
        : throw new FormatException("The model's facts are incomplete.");

    public static ProductFacts Of(TrainingOrders orders)
    {
        var facts = new ProductFacts(orders.Skus.Length);
        facts.CountSales(orders);
        facts.CountRepeats(orders);
        return facts;
    }

    /// <summary>All products, bestsellers of late first; those never sold in the order given.</summary>
    public int[] Popular(int[] catalogue) =>
        [.. catalogue.OrderByDescending(product => Sold[0][product]).ThenByDescending(product => Sold[1][product]).ThenByDescending(product => Sold[^1][product])];

    private void CountSales(TrainingOrders orders)
    {
        for (var order = 0; order < orders.Count; order++)
        {
            var age = orders.Days is { } days ? orders.End - days[order] : 0;
            for (var half = 0; half < HalfLives.Length; half++)
            {
                var weight = (float)Math.Pow(0.5, age / HalfLives[half]);
                foreach (var item in orders.Basket(order))
                {
                    Sold[half][item] += weight;
                }
            }

            foreach (var item in orders.Basket(order))
            {
                LastSold[item] = (float)age;
                FirstSold[item] = Math.Max(FirstSold[item], (float)age);
            }
        }
    }

    private void CountRepeats(TrainingOrders orders)
    {
        const double Prior = 10;
        var last = new Dictionary<(int Customer, int Item), double>();
        var (purchases, repeats, gaps) = (new double[orders.Skus.Length], new double[orders.Skus.Length], new double[orders.Skus.Length]);
        for (var order = 0; order < orders.Count; order++)
        {
            if (orders.Customers[order] is var customer and >= 0)
            {
                var day = orders.Days?[order] ?? 0;
                foreach (var item in orders.Basket(order))
                {
                    purchases[item]++;
                    if (last.TryGetValue((customer, item), out var before))
                    {
                        repeats[item]++;
                        gaps[item] += day - before;
                    }

                    last[(customer, item)] = day;
                }
            }
        }

        var (share, gap) = (repeats.Sum() / Math.Max(1, purchases.Sum()), gaps.Sum() / Math.Max(1, repeats.Sum()));
        for (var item = 0; item < purchases.Length; item++)
        {
            Rebought[item] = (float)((repeats[item] + (Prior * share)) / (purchases[item] + Prior));
            Gap[item] = (float)((gaps[item] + (Prior * gap)) / (repeats[item] + Prior));
        }
    }
}
