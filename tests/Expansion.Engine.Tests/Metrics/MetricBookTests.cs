using CsCheck;
using Expansion.Engine.Metrics;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Outcomes;

namespace Expansion.Engine.Tests.Metrics;

public sealed class MetricBookTests
{
    private static readonly ShopDays Days = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
    private static readonly Period March = Period.Of(Grain.Month, new(2026, 3, 15));

    private static readonly OutcomeKind[] Kinds = [OutcomeKind.Impression, OutcomeKind.Click, OutcomeKind.Order, OutcomeKind.Revenue, OutcomeKind.Refund];
    private static readonly string?[] Touchpoints = ["cart_page", "checkout", null];

    private static readonly Gen<Outcome> Outcomes =
        from kind in Gen.Int[0, 4].Select(i => Kinds[i])
        from id in Gen.Int[0, 15]
        from hour in Gen.Int[0, 200]
        from customer in Gen.Int[0, 5]
        from touchpoint in Gen.Int[0, 2].Select(i => Touchpoints[i])
        from amount in Gen.Int[1, 500]
        select new Outcome($"{id}", kind, new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero).AddHours(hour - (hour % 24) + (id % 24)), new CustomerId($"{customer}"))
        {
            Tags = new(touchpoint),
            Order = kind == OutcomeKind.Order ? new(OrderStatus.Completed, [new(LineRole.Main, amount % 3), new(LineRole.CrossSell, amount % 2)]) : null,
            Amount = amount,
            RevenueKind = (RevenueKind)(amount % 4),
        };

    /// <summary>Late, twice, in another order: what the nightly roll-up of changed days leaves is what a recomputation from all outcomes would.</summary>
    [Fact]
    public void Replace_DirtyDaysAfterEveryBatch_EqualsARecomputation() =>
        Gen.Select(Outcomes.Array[0, 60], Gen.Int[1, 10]).Sample((outcomes, batch) =>
        {
            var (incremental, log) = (new MetricBook(), new List<Outcome>());
            foreach (var incoming in outcomes.Chunk(batch))
            {
                log.AddRange(incoming);
                foreach (var day in MetricBook.Dirty(incoming, Days))
                {
                    incremental.Replace(day, DayRollUp.Of(log.Where(outcome => Days.Of(outcome.CountsAt) == day)));
                }
            }

            var scratch = new MetricBook();
            foreach (var day in outcomes.GroupBy(outcome => Days.Of(outcome.CountsAt)))
            {
                scratch.Replace(day.Key, DayRollUp.Of(day));
            }

            foreach (var slice in Enum.GetValues<SliceKind>().SelectMany(kind => scratch.Slices(March, kind)))
            {
                Assert.Equal(scratch.Of(March, slice), incremental.Of(March, slice));
            }
        });

    [Fact]
    public void Of_WeekOfDays_CountsACustomerOnce()
    {
        var book = new MetricBook();
        foreach (var day in new[] { 3, 4 })
        {
            var sale = new Outcome($"{day}", OutcomeKind.Revenue, new(2026, 3, day, 12, 0, 0, TimeSpan.Zero), new CustomerId("ann")) { Amount = 30 };
            book.Replace(new(2026, 3, day), DayRollUp.Of([sale]));
        }

        Assert.Equal(60, new RevenuePerCustomerMetric().Measure(book.Of(Period.Of(Grain.Week, new(2026, 3, 3)), Slice.All)).Value);
    }

    /// <summary>23:30 in UTC is the next day in Berlin.</summary>
    [Fact]
    public void Of_LateEvening_IsTheShopsOwnDay() => Assert.Equal(new DateOnly(2026, 3, 2), Days.Of(new(2026, 3, 1, 23, 30, 0, TimeSpan.Zero)));

    [Theory]
    [InlineData(Grain.Day, 4, 4, 4)]
    [InlineData(Grain.Week, 4, 2, 8)]
    [InlineData(Grain.Week, 8, 2, 8)]
    [InlineData(Grain.Month, 4, 1, 31)]
    public void Period_OfADay_HasItsEnds(Grain grain, int day, int first, int last) =>
        Assert.Equal(new Period(new(2026, 3, first), new(2026, 3, last)), Period.Of(grain, new(2026, 3, day)));
}
