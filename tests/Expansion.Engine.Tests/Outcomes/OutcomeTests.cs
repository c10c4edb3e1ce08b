using Expansion.Engine.Outcomes;

namespace Expansion.Engine.Tests.Outcomes;

public sealed class OutcomeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly Sku Mug = new("mug");

    [Fact]
    public void Credit_SeveralShowings_GoesToTheLastClickedOne()
    {
        ShownOffer[] shown =
        [
            new("too old", Mug, Noon.AddDays(-8), Clicked: true),
            new("clicked", Mug, Noon.AddDays(-2), Clicked: true),
            new("seen", Mug, Noon.AddDays(-1), Clicked: false),
            new("other", new Sku("cup"), Noon.AddDays(-1), Clicked: true),
            new("after", Mug, Noon.AddHours(1), Clicked: true),
        ];

        Assert.Equal("clicked", CreditRule.Default.Credit(Mug, Noon, shown)?.Impression);
        Assert.Equal("seen", CreditRule.Default.Credit(Mug, Noon, shown.Where(offer => offer.Impression != "clicked"))?.Impression);
        Assert.Null(CreditRule.Default.Credit(Mug, Noon, []));
    }

    [Fact]
    public void Value_WindowStillOpen_IsNotKnownYet()
    {
        (DateTimeOffset, decimal)[] amounts = [(Noon.AddDays(-1), 100), (Noon.AddDays(1), 50), (Noon.AddDays(1), -20), (Noon.AddDays(8), 70)];

        Assert.Null(ExposureWindow.Default.Value(Noon, amounts, Noon.AddDays(6)));
        Assert.Equal(30, ExposureWindow.Default.Value(Noon, amounts, Noon.AddDays(7)));
    }

    [Fact]
    public void Record_SameCustomerTwice_IsOneExposure()
    {
        var buffer = new ExposureBuffer();

        Assert.True(buffer.Record(new("a", new("ann"), 1, 0.5, Noon)));
        Assert.False(buffer.Record(new("a", new("ann"), 0, 0.5, Noon)));
        Assert.Equal(1, Assert.Single(Assert.Single(buffer.Drain())).Variation);
        Assert.Empty(buffer.Drain());
    }

    [Fact]
    public void Drain_WhileOthersRecord_LosesNothing()
    {
        var (buffer, drained) = (new ExposureBuffer(), 0);
        Parallel.For(0, 20_000, i =>
        {
            buffer.Record(new("a", new($"{i}"), 0, 1, Noon));
            if (i % 500 == 0)
            {
                Interlocked.Add(ref drained, buffer.Drain().Sum(batch => batch.Count));
            }
        });

        Assert.Equal(20_000, drained + buffer.Drain().Sum(batch => batch.Count));
    }

    [Fact]
    public void Drain_OneExperiment_SpreadsOverPartitionsInBatchesOfHundred()
    {
        var buffer = new ExposureBuffer();
        for (var i = 0; i < 10_000; i++)
        {
            buffer.Record(new("a", new($"{i}"), 0, 1, Noon));
        }

        var batches = buffer.Drain();

        Assert.Equal(64, batches.Select(batch => batch[0].Partition).Distinct().Count());
        Assert.All(batches, batch => Assert.InRange(batch.Count, 1, 100));
        Assert.All(batches, batch => Assert.Single(batch.Select(exposure => exposure.Partition).Distinct()));
    }
}
