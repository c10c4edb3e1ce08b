using CsCheck;
using Expansion.Engine.Affinity.Months;

namespace Expansion.Engine.Tests.Affinity.Months;

public sealed class CustomerHistoriesTests
{
    /// <summary>Ids of which the order by UTF-8 isn't the order by UTF-16; null and nothing are customers nobody knows.</summary>
    private static readonly string?[] Ids = ["c1", "c10", "c2", "\u00e4", "\uff5e", "\ud83d\ude00", "", null];

    private static readonly Gen<(int Customer, int Item)[][]> Months = Gen.Select(Gen.Int[0, Ids.Length - 1], Gen.Int[0, 9]).Array[0, 12].Array[1, 4];

    [Fact]
    public void Of_AnyMonths_HasEveryKnownCustomerOnceWithItsOrdersOldestFirst() => Gen.Select(Months, Gen.Int[1, 3]).Sample((months, parts) =>
    {
        var window = new WindowCounts([.. months.Select(Digest).Reverse()]);

        var histories = Enumerable.Range(0, parts).SelectMany(part => CustomerHistories.Of(window, part, parts))
            .Select(history => string.Join(' ', history.Select(order => $"{order.Day:yyyy-MM-dd}:{string.Join('+', order.Products.Select(product => window.Skus[product]))}")));

        var expected = months.SelectMany((orders, month) => orders.Select((order, index) => (order.Customer, Text: $"2026-{month + 1:00}-{index + 1:00}:p{order.Item}")))
            .Where(order => !string.IsNullOrEmpty(Ids[order.Customer])).GroupBy(order => order.Customer, order => order.Text).Select(orders => string.Join(' ', orders));
        Assert.Equal(expected.Order(StringComparer.Ordinal), histories.Order(StringComparer.Ordinal));
    }, iter: 300);

    private static MonthDigest Digest((int Customer, int Item)[] orders, int month)
    {
        var builder = new MonthDigestBuilder(new YearMonth(2026, month + 1), "v1");
        for (var index = 0; index < orders.Length; index++)
        {
            builder.Add(Ids[orders[index].Customer], new DateTime(2026, month + 1, index + 1), [$"p{orders[index].Item}"]);
        }

        return builder.Build(CancellationToken.None);
    }
}
