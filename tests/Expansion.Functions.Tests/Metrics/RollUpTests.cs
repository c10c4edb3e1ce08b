using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Outcomes;
using Expansion.Functions.Metrics;
using Expansion.Functions.Outcomes;
using Expansion.Testing;
using Expansion.Testing.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Expansion.Functions.Tests.Metrics;

/// <summary>Rolled up bit by bit, whatever comes twice, late or in another order, the book equals one made at once from the last word on everything.</summary>
public sealed class RollUpTests(AzuriteFixture azurite)
{
    private static readonly ShopId Shop = ShopId.From("coffee.example");
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ShopDays Days = new(TimeZoneInfo.Utc);

    private static readonly OutcomeKind[] Kinds = [OutcomeKind.Impression, OutcomeKind.Click, OutcomeKind.Order, OutcomeKind.Revenue, OutcomeKind.Refund];

    [Fact]
    public async Task RollUp_BitByBit_EqualsOneFromScratch()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var (metrics, batches) = (new MemoryMetricStore(), Batches(seed));
            await RunAsync(new MemoryOutcomeStore(), new MemoryJournalStore(), metrics, batches);
            await EqualsScratchAsync(metrics, batches);
        }
    }

    [Fact]
    [Trait("Category", "Azurite")]
    public async Task RollUp_BitByBitOnStorage_EqualsOneFromScratch()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Functions = [] });
        var batches = Batches(seed: 1);
        var metrics = host.Services.GetRequiredService<IMetricStore>();

        await RunAsync(host.Services.GetRequiredService<IOutcomeStore>(), host.Services.GetRequiredService<IJournalStore>(), metrics, batches);

        await EqualsScratchAsync(metrics, batches);
    }

    /// <summary>A few customers, ids and days, so that much comes twice, changed, or on another day.</summary>
    private static Outcome[][] Batches(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => Enumerable.Range(0, random.Next(1, 9)).Select(_ => AnOutcome(random)).ToArray())];
    }

    private static Outcome AnOutcome(Random random)
    {
        var (kind, customer) = (Kinds[random.Next(Kinds.Length)], random.Next(4));
        return new($"{customer}-{random.Next(6)}", kind, Start.AddHours(random.Next(100)), new CustomerId($"{customer}"))
        {
            Tags = new(random.Next(3) switch { 0 => "cart_page", 1 => "checkout", _ => null }),
            Amount = random.Next(10_000) / 100m,
            Order = kind == OutcomeKind.Order ? new(OrderStatus.Completed, [new(LineRole.CrossSell, 1 + random.Next(3))]) : null,
        };
    }

    private static async Task RunAsync(IOutcomeStore outcomes, IJournalStore journals, IMetricStore metrics, Outcome[][] batches)
    {
        var shops = new MemoryShopStore();
        var book = new OutcomeBook(shops, outcomes, journals, Mock.Of<IMessageQueue>());
        var rollUp = new MetricRollUp(shops, outcomes, Mock.Of<IPlanHistoryStore>(), metrics, Mock.Of<IPricingDocuments>(), new(metrics), new FakeTimeProvider(Start));
        foreach (var (i, batch) in batches.Index())
        {
            await book.RecordAsync(Shop, batch, default);
            if (i % 2 == 0)
            {
                await rollUp.RollUpDaysAsync(Shop, default);
            }
        }

        // The last batch came twice.
        await book.RecordAsync(Shop, batches[^1], default);
        await rollUp.RollUpDaysAsync(Shop, default);
        Assert.Empty(await outcomes.ChangedDaysAsync(Shop, default));
    }

    private static async Task EqualsScratchAsync(IMetricStore metrics, Outcome[][] batches)
    {
        var last = new Dictionary<(OutcomeKind, string), Outcome>();
        foreach (var outcome in batches.SelectMany(batch => batch))
        {
            last[(outcome.Kind, outcome.Id)] = outcome;
        }

        // A click counts with its showing, on the showing's day and under its tags.
        var placed = last.Values.Select(outcome => outcome.Kind == OutcomeKind.Click && last.GetValueOrDefault((OutcomeKind.Impression, outcome.Id)) is { } shown
            ? outcome with { ShownAt = shown.At, Tags = shown.Tags } : outcome).ToList();
        var whole = new Period(Days.Of(Start), Days.Of(Start.AddDays(5)));
        foreach (var slice in new[] { Slice.All, new(SliceKind.Touchpoint, "cart_page"), new(SliceKind.Touchpoint, "checkout") })
        {
            var read = await metrics.ReadAsync(Shop, slice, whole, default);
            for (var day = whole.First; day <= whole.Last; day = day.AddDays(1))
            {
                var expected = DayRollUp.Of(placed.Where(outcome => Days.Of(outcome.CountsAt) == day)).GetValueOrDefault(slice, PeriodSums.None);
                Assert.Equal(expected, read.GetValueOrDefault(day, PeriodSums.None));
            }
        }
    }
}
