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
    public async Task Exposures_SameCustomerTwice_KeepTheFirst()
    {
        var (exposures, shop) = (new MemoryExposures(), ShopId.From("coffee.example"));
        await exposures.SaveAsync(shop, [new("a", new("ann"), 1, 0.5, Noon)], default);
        await exposures.SaveAsync(shop, [new("a", new("ann"), 0, 0.5, Noon), new("b", new("ann"), 0, 1, Noon)], default);

        Assert.Equal(1, Assert.Single(await exposures.ReadAsync(shop, "a", default).ToListAsync()).Variation);
        Assert.Equal(2, exposures.Count);
    }

    [Fact]
    public void Partition_OfTenThousandCustomers_IsEveryOne() =>
        Assert.Equal(64, Enumerable.Range(0, 10_000).Select(i => Exposure.PartitionOf(new($"{i}"))).Distinct().Count());
}
