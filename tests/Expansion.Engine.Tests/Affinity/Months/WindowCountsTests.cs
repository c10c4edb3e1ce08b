using CsCheck;
using Expansion.Engine.Affinity.Months;

namespace Expansion.Engine.Tests.Affinity.Months;

public sealed class WindowCountsTests
{
    private static readonly Gen<string[][]> Baskets = Gen.Int[0, 12].Select(item => $"p{item}").Array[0, 6].Array[0, 30];

    private static MonthDigest Digest(int month, IEnumerable<string[]> baskets)
    {
        var builder = new MonthDigestBuilder(new YearMonth(2026, month), "v1");
        foreach (var basket in baskets)
        {
            builder.Add("customer", new DateTime(2026, month, 3), basket);
        }

        return builder.Build(CancellationToken.None);
    }

    [Fact]
    public void Pairs_AnyMonths_EqualACountOfAllBasketsAtOnce() => Gen.Select(Baskets, Baskets, Baskets, Gen.Int[1, 4]).Sample((first, second, third, minCount) =>
    {
        var window = new WindowCounts([Digest(3, third), Digest(1, first), Digest(2, second)]);

        var counted = window.Pairs(0, window.Skus.Count, minCount)
            .Select(pair => (A: window.Skus[pair.A].Value, B: window.Skus[pair.B].Value, pair.Both, string.Join(' ', pair.ByMonth))).ToList();

        Assert.Equal(Naive([first, second, third], minCount), counted);
    }, iter: 300);

    [Fact]
    public void Pairs_RangeByRange_EqualTheWhole() => Gen.Select(Baskets, Gen.Int[0, 13]).Sample((baskets, cut) =>
    {
        var window = new WindowCounts([Digest(1, baskets)]);
        var middle = Math.Min(cut, window.Skus.Count);

        Assert.Equal(
            window.Pairs(0, window.Skus.Count, 1).Select(pair => (pair.A, pair.B, pair.Both)),
            window.Pairs(0, middle, 1).Concat(window.Pairs(middle, window.Skus.Count, 1)).Select(pair => (pair.A, pair.B, pair.Both)));
    }, iter: 300);

    [Fact]
    public void Parse_BytesOfADigest_TellTheSame() => Baskets.Sample(baskets =>
    {
        var digest = Digest(5, baskets);
        var parsed = MonthDigest.Parse(digest.Bytes.ToArray());

        Assert.Equal((digest.Month, digest.Version, digest.Baskets), (parsed.Month, parsed.Version, parsed.Baskets));
        Assert.Equal(digest.ReadSkus(), parsed.ReadSkus());
        Assert.Equal(digest.Frequencies, parsed.Frequencies);
        Assert.Equal(
            baskets.Where(basket => basket.Length > 0).Select(basket => string.Join(' ', basket.Distinct().Order(StringComparer.Ordinal))),
            Read(parsed));
    }, iter: 300);

    [Fact]
    public void Parse_DamagedBytes_AreRefused()
    {
        var bytes = Digest(1, [["a", "b"], ["a"]]).Bytes.ToArray();

        Assert.Throws<FormatException>(() => MonthDigest.Parse(bytes[..^1]));
        Assert.Throws<FormatException>(() => MonthDigest.Parse([]));
        Assert.Throws<FormatException>(() => MonthDigest.Parse([9, .. bytes]));
    }

    [Fact]
    public void ByCalendar_MonthsWithoutOrders_AreZeros()
    {
        var window = new WindowCounts([Digest(5, [["a", "b"], ["a"]]), Digest(2, [["a"]])]);

        Assert.Equal([1, 0, 0, 2], window.ByCalendar(month => window.Frequency(month, 0)));
        Assert.Equal([0, 0, 0, 1], window.ByCalendar(month => window.Frequency(month, 1)));
        Assert.Empty(new WindowCounts([]).ByCalendar(_ => 1));
    }

    private static List<string> Read(MonthDigest digest)
    {
        var read = new List<string>();
        var (skus, customers) = (digest.ReadSkus(), digest.ReadCustomers());
        while (customers.MoveNext())
        {
            Assert.Equal("customer"u8, customers.Id.Span);
            var orders = customers.ReadOrders();
            while (orders.MoveNext())
            {
                Assert.Equal(3, orders.Day);
                read.Add(string.Join(' ', orders.Items.Select(item => skus[item].Value)));
            }
        }

        return read;
    }

    private static List<(string A, string B, int Both, string ByMonth)> Naive(string[][][] months, int minCount)
    {
        var counts = new SortedDictionary<(string A, string B), int[]>(Comparer<(string A, string B)>.Create((x, y) =>
            string.CompareOrdinal(x.A, y.A) is var first and not 0 ? first : string.CompareOrdinal(x.B, y.B)));
        for (var month = 0; month < months.Length; month++)
        {
            foreach (var basket in months[month])
            {
                var items = basket.Distinct().Order(StringComparer.Ordinal).ToArray();
                foreach (var (a, b) in items.SelectMany((a, i) => items[(i + 1)..].Select(b => (a, b))))
                {
                    if (!counts.TryGetValue((a, b), out var count))
                    {
                        counts.Add((a, b), count = new int[months.Length]);
                    }

                    count[month]++;
                }
            }
        }

        return [.. counts.Where(pair => pair.Value.Sum() >= minCount).Select(pair => (pair.Key.A, pair.Key.B, pair.Value.Sum(), string.Join(' ', pair.Value)))];
    }
}
