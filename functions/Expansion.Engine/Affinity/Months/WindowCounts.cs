namespace Expansion.Engine.Affinity.Months;

/// <summary>
/// The months of a window put together: products get one number each for the whole window, in ordinal order, and pairs are added up over the months, product by product,
/// with the months kept apart for whoever asks about seasons. Time is linear in the digests' pairs; memory is the digests, four bytes a product and month, and one product's pairs.
/// </summary>
public sealed class WindowCounts
{
    private readonly IReadOnlyList<MonthDigest> _months;

    // By month: the window's number of each local product, and the local number (or -1) of each of the window's products.
    private readonly int[][] _global;
    private readonly int[][] _local;

    public WindowCounts(IReadOnlyList<MonthDigest> months)
    {
        _months = [.. months.OrderBy(month => month.Month)];
        Baskets = _months.Sum(month => (long)month.Baskets);
        Skus = [.. _months.SelectMany(month => month.ReadSkus()).Distinct().Order()];
        var numbers = Skus.Select((sku, number) => (sku, number)).ToDictionary(product => product.sku, product => product.number);
        _global = [.. _months.Select(month => Array.ConvertAll(month.ReadSkus(), sku => numbers[sku]))];
        _local = [.. _global.Select(Inverse)];
        Frequencies = new int[Skus.Count];
        for (var month = 0; month < _months.Count; month++)
        {
            for (var item = 0; item < _global[month].Length; item++)
            {
                Frequencies[_global[month][item]] += _months[month].Frequencies[item];
            }
        }
    }

    public IReadOnlyList<Sku> Skus { get; }

    /// <summary>Baskets that hold the product, in all months.</summary>
    public int[] Frequencies { get; }

    public long Baskets { get; }

    public IReadOnlyList<MonthDigest> Months => _months;

    /// <summary>Baskets that hold the product, in one month.</summary>
    public int Frequency(int month, int product) => _local[month][product] is var item and >= 0 ? _months[month].Frequencies[item] : 0;

    /// <summary>Numbers of the window's months as numbers of calendar months, from its first to its last: 0 where no order was, so that no month is missing.</summary>
    public int[] ByCalendar(Func<int, int> ofMonth)
    {
        if (_months.Count == 0)
        {
            return [];
        }

        var first = _months[0].Month;
        var calendar = new int[_months[^1].Month.MonthsSince(first) + 1];
        for (var month = 0; month < _months.Count; month++)
        {
            calendar[_months[month].Month.MonthsSince(first)] = ofMonth(month);
        }

        return calendar;
    }

    /// <summary>The window's number of a product that a month knows by its own.</summary>
    public ReadOnlySpan<int> Numbers(int month) => _global[month];

    public ProductRange All => new(0, Skus.Count);

    /// <summary>Cuts a range into at most <paramref name="parts"/> with about the same number of pairs to add up; the same window is cut the same way everywhere.</summary>
    public IReadOnlyList<ProductRange> Split(ProductRange range, int parts)
    {
        var work = Enumerable.Range(range.From, range.To - range.From).Select(Work).ToList();
        var share = (work.Sum() / parts) + 1;
        var ranges = new List<ProductRange>();
        var (from, sum) = (range.From, 0L);
        for (var product = range.From; product < range.To; product++)
        {
            sum += work[product - range.From];
            if (sum >= share || product == range.To - 1)
            {
                ranges.Add(new(from, product + 1));
                (from, sum) = (product + 1, 0);
            }
        }

        return ranges;
    }

    /// <summary>What adding up the pairs of a product costs, in bytes read.</summary>
    public long Work(int product) => _months.Select((month, index) => _local[index][product] is var item and >= 0 ? month.PairBytes(item) : 0L).Sum();

    /// <summary>Hands out every pair whose first product is in the range and that at least <paramref name="minCount"/> baskets hold, by first product, then second.</summary>
    public IEnumerable<PairMonths> Pairs(int from, int to, int minCount)
    {
        var sum = new PairSum(Skus.Count, _months.Count);
        for (var product = from; product < to; product++)
        {
            if (Frequencies[product] < minCount)
            {
                continue;
            }

            for (var month = 0; month < _months.Count; month++)
            {
                if (_local[month][product] is var item and >= 0)
                {
                    sum.Add(month, _months[month].ReadPairs(item), _global[month]);
                }
            }

            foreach (var pair in sum.Take(product, minCount))
            {
                yield return pair;
            }
        }
    }

    private int[] Inverse(int[] global)
    {
        var local = new int[Skus.Count];
        Array.Fill(local, -1);
        for (var item = 0; item < global.Length; item++)
        {
            local[global[item]] = item;
        }

        return local;
    }
}

/// <param name="ByMonth">Baskets with both, by month of the window; good until the next pair.</param>
public readonly record struct PairMonths(int A, int B, int Both, int[] ByMonth);
