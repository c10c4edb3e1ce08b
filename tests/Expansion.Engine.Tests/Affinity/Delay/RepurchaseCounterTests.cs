using Expansion.Engine.Affinity.Delay;

namespace Expansion.Engine.Tests.Affinity.Delay;

public sealed class RepurchaseCounterTests
{
    private const int Coffee = 1;

    [Fact]
    public void Of_OneWeeklyBuyerAmongMonthlyOnes_IsAMonth()
    {
        var counter = new RepurchaseCounter();
        counter.Add(Every(7, 100));
        for (var customer = 0; customer < 12; customer++)
        {
            counter.Add(Every(30, 3));
        }

        var interval = counter.Of(Coffee);

        Assert.Equal(new RepurchaseInterval(13, 13, 30, 30, 30), interval);
        Assert.True(interval.IsConsumable);
    }

    [Fact]
    public void Of_OneHolidayBetweenRegularPurchases_KeepsTheUsualGap()
    {
        var counter = new RepurchaseCounter();
        counter.Add([On(0), On(28), On(28), On(120), On(148), On(176)]);

        Assert.Equal(28, counter.Of(Coffee).Days);
    }

    [Theory]
    [InlineData(10, 40, true)]
    [InlineData(10, 41, false)]
    [InlineData(9, 0, false)]
    public void IsConsumable_RepeatersAmongBuyers_NeedsTenAndAFifth(int repeaters, int others, bool expected)
    {
        var counter = new RepurchaseCounter();
        Parallel.For(0, repeaters + others, customer => counter.Add(customer < repeaters ? Every(14, 2) : [On(0)]));

        Assert.Equal(expected, counter.Of(Coffee).IsConsumable);
    }

    [Fact]
    public void Of_NeverBought_IsNothing()
    {
        Assert.Equal(new RepurchaseInterval(0, 0, null, null, null), new RepurchaseCounter().Of(Coffee));
    }

    private static CustomerOrder[] Every(int days, int times) => [.. Enumerable.Range(0, times).Select(i => On(i * days))];

    private static CustomerOrder On(int day) => new(new DateOnly(2025, 1, 1).AddDays(day), [Coffee]);
}
