using Expansion.Engine.Affinity.Delay;

namespace Expansion.Engine.Tests.Affinity.Delay;

public sealed class DelayCounterTests
{
    private const int Tent = 1;
    private const int Stove = 2;

    [Fact]
    public void Of_CustomersWithBoth_CountsEachOnceByFirstPurchases()
    {
        var counter = new DelayCounter([(Tent, Stove)]);
        counter.Add([On(0, Tent, Stove), On(50, Tent), On(60, Stove)]);
        counter.Add([On(0, Tent), On(10, Stove), On(20, Stove)]);
        counter.Add([On(0, Tent), On(20, Stove)]);
        counter.Add([On(0, Tent), On(90, Stove)]);
        counter.Add([On(0, Stove), On(5, Tent)]);
        counter.Add([On(0, Tent)]);

        var delay = counter.Of(Tent, Stove);

        Assert.Equal(new PairDelay(1, 3, 1, 20, 5, 10), delay);
        Assert.Equal(0.8, delay.LaterShare);
        Assert.Equal(PairDirection.Either, delay.Direction);
        Assert.Equal(new PairDelay(1, 1, 3, 5, 20, 10), delay.Reversed());
    }

    [Fact]
    public void Of_FirstPurchasesFurtherApartThanTheWindow_DoNotCount()
    {
        var counter = new DelayCounter([(Tent, Stove)], windowDays: 30);
        counter.Add([On(0, Tent), On(30, Stove)]);
        counter.Add([On(0, Tent), On(31, Stove)]);

        Assert.Equal(1, counter.Of(Tent, Stove).Customers);
    }

    [Fact]
    public void Of_TwoOrdersOnOneDay_IsLaterByNoDays()
    {
        var counter = new DelayCounter([(Tent, Stove)]);
        counter.Add([On(0, Tent), On(0, Stove)]);

        Assert.Equal(new PairDelay(0, 1, 0, 0, null, 0), counter.Of(Tent, Stove));
    }

    [Fact]
    public void Add_PartsCountedApart_EqualsCountingTogether()
    {
        var random = new Random(5);
        var (whole, left, right) = (new DelayCounter([(Tent, Stove)]), new DelayCounter([(Tent, Stove)]), new DelayCounter([(Tent, Stove)]));
        for (var customer = 0; customer < 1000; customer++)
        {
            CustomerOrder[] history = [On(0, 1 + random.Next(2)), On(random.Next(200), 1 + random.Next(2))];
            whole.Add(history);
            (customer % 3 == 0 ? left : right).Add(history);
        }

        left.Add(right);

        Assert.Equal(whole.Of(Tent, Stove), left.Of(Tent, Stove));
    }

    /// <summary>Delays planted around 21 days, the tent first: the median and the direction come back.</summary>
    [Fact]
    public void Of_PlantedDelayOfThreeWeeks_IsFoundWithItsDirection()
    {
        var random = new Random(9);
        var counter = new DelayCounter([(Tent, Stove)]);
        for (var customer = 0; customer < 2000; customer++)
        {
            var days = 14 + random.Next(15);
            counter.Add(random.NextDouble() < 0.8 ? [On(0, Tent), On(days, Stove)] : [On(0, Tent, Stove)]);
        }

        var delay = counter.Of(Tent, Stove);

        Assert.InRange(delay.LaterShare, 0.77, 0.83);
        Assert.InRange(delay.DaysAFirst!.Value, 20, 22);
        Assert.Equal(PairDirection.AFirst, delay.Direction);
    }

    [Fact]
    public void Of_NobodyBoughtBoth_IsNothing()
    {
        Assert.Equal(new PairDelay(0, 0, 0, null, null, null), new DelayCounter([(Tent, Stove)]).Of(Tent, Stove));
        Assert.Equal(PairDirection.Either, new DelayCounter([(Tent, Stove)]).Of(Tent, Stove).Direction);
        Assert.Equal(0, new DelayCounter([(Tent, Stove)]).Of(Tent, Stove).LaterShare);
    }

    private static CustomerOrder On(int day, params int[] products) => new(new DateOnly(2025, 1, 1).AddDays(day), products);
}
