using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Months;
using Expansion.Engine.Compliance;
using Expansion.Engine.Orders;
using Expansion.Functions.Affinity;
using Expansion.Functions.Compliance;
using Expansion.Testing.Fakes;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Expansion.Functions.Tests.Affinity;

public sealed class WindowReaderTests
{
    private static readonly ShopId Shop = ShopId.From("coffee.example");
    private static readonly YearMonth March = new(2026, 3);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 20, 0, 0, 0, TimeSpan.Zero));
    private readonly MemoryBasketSegments _segments = new();
    private readonly MemoryErasedStore _erased = new();

    /// <summary>The erasure sweeps between the reading of the segment and the keeping of its digest, which it so can't find.</summary>
    [Fact]
    public async Task Read_SomebodyErasedWhileTheirMonthIsDigested_KeepsNoDigestOfTheOldSegment()
    {
        await WriteAsync(new CustomerId("ann"));
        var before = await VersionAsync();
        var (kept, saves) = (new Dictionary<string, MonthDigest>(), 0);
        var digests = new Mock<IMonthDigests>();
        digests.Setup(store => store.FindAsync(Shop, March, It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((ShopId _, YearMonth _, string version, CancellationToken _) => kept.GetValueOrDefault(version));
        digests.Setup(store => store.SaveAsync(Shop, It.IsAny<MonthDigest>(), It.IsAny<CancellationToken>())).Returns(async (ShopId _, MonthDigest digest, CancellationToken _) =>
        {
            if (saves++ == 0)
            {
                await EraseAsync(kept);
            }

            kept[digest.Version] = digest;
        });
        digests.Setup(store => store.SweepAsync(Shop, It.IsAny<IReadOnlyCollection<PlannedMonth>>(), It.IsAny<CancellationToken>())).Returns(() =>
        {
            kept.Clear();
            return Task.CompletedTask;
        });

        var window = await new WindowReader(new MemoryShopStore(), _segments, digests.Object, new(_erased, Mock.Of<IInbox>(), _time), _time).ReadAsync(Shop, default);

        var after = await VersionAsync();
        Assert.NotEqual(before, after);
        Assert.Equal([after], kept.Keys);
        Assert.Equal([after], window.Months.Select(month => month.Version));
        Assert.Equal(2, saves);
    }

    private async Task EraseAsync(Dictionary<string, MonthDigest> kept)
    {
        await _erased.AddAsync(Shop, ErasedNames.HashesOf(Shop, new([new("ann")], null, [])), default);
        _time.Advance(Erasures.Fresh * 2);
        await WriteAsync(null);
        kept.Clear();
    }

    private async Task WriteAsync(CustomerId? customer)
    {
        var month = await _segments.ReadAsync(Shop, March, default);
        Order order = new(new("1"), customer, _time.Start, _time.Start, [new(new("mug"), 1, 1, new(10, "EUR"))]);
        Assert.True(await _segments.WriteAsync(Shop, March, month with { Orders = [order] }, default));
    }

    private async Task<string> VersionAsync() => (await _segments.ListAsync(Shop, default)).Single().Version;
}
