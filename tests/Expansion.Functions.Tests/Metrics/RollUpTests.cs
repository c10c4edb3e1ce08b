using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Orders;
using Expansion.Engine.Outcomes;
using Expansion.Functions.Metrics;
using Expansion.Functions.Outcomes;
using Expansion.Testing;
using Expansion.Testing.Fakes;
using Microsoft.Extensions.DependencyInjection;
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
            var segments = new MemoryBasketSegments();
            await RunAsync(new MemoryOutcomeStore(), new MemoryJournalStore(), segments, metrics, batches, seed);
            await EqualsScratchAsync(metrics, segments, batches);
        }
    }

    [Fact]
    [Trait("Category", "Azurite")]
    public async Task RollUp_BitByBitOnStorage_EqualsOneFromScratch()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Functions = [] });
        var batches = Batches(seed: 1);
        var (metrics, segments) = (host.Services.GetRequiredService<IMetricStore>(), host.Services.GetRequiredService<IBasketSegments>());

        await RunAsync(host.Services.GetRequiredService<IOutcomeStore>(), host.Services.GetRequiredService<IJournalStore>(), segments, metrics, batches, seed: 1);

        await EqualsScratchAsync(metrics, segments, batches);
    }

    /// <summary>A few customers, ids and days, so that much comes twice, changed, or on another day.</summary>
    private static Outcome[][] Batches(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => Enumerable.Range(0, random.Next(1, 9)).Select(_ => AnOutcome(random)).ToArray())];
    }

    private static Outcome AnOutcome(Random random)
    {
        var (kind, customer, id) = (Kinds[random.Next(Kinds.Length)], random.Next(4), random.Next(6));
        return new($"{customer}-{id}", kind, Start.AddHours(random.Next(100)), new CustomerId($"{customer}"))
        {
            Tags = new(random.Next(3) switch { 0 => "cart_page", 1 => "checkout", _ => null }),
            Amount = random.Next(10_000) / 100m,
            Currency = random.Next(5) == 0 ? "EUR" : null,
            OrderId = new($"{customer}-{id}"),
            Order = kind == OutcomeKind.Order ? new(OrderStatus.Completed, [new(LineRole.CrossSell, 1 + random.Next(3))]) : null,
        };
    }

    /// <summary>A shop's history as an import leaves it: of the same few orders, so that some of them are told by webhooks, too.</summary>
    private static async Task ImportAsync(IBasketSegments segments, Random random)
    {
        var orders = Enumerable.Range(0, random.Next(8)).Select(_ => (Customer: random.Next(4), Id: random.Next(6))).Distinct().Select(order => new Order(
            new($"{order.Customer}-{order.Id}"), random.Next(3) == 0 ? null : new CustomerId($"{order.Customer}"), Start.AddHours(random.Next(100)), Start,
            [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(-2, 4)).Where(kept => kept != 0).Select(kept => new OrderLine(new("A"), kept, kept, new(random.Next(500) / 100m, random.Next(4) == 0 ? "EUR" : "USD")))]));
        var month = await segments.ReadAsync(Shop, YearMonth.Of(Start), default);
        Assert.True(await segments.WriteAsync(Shop, YearMonth.Of(Start), month with { Orders = [.. orders.Where(order => order.Lines.Count > 0)] }, default));
    }

    private static async Task RunAsync(IOutcomeStore outcomes, IJournalStore journals, IBasketSegments segments, IMetricStore metrics, Outcome[][] batches, int seed)
    {
        var shops = new MemoryShopStore();
        var book = new OutcomeBook(shops, outcomes, journals, Mock.Of<IMessageQueue>());
        var (rollUp, random) = (new MetricRollUp(outcomes, metrics, new(shops, segments, metrics, outcomes)), new Random(seed));
        foreach (var (i, batch) in batches.Index())
        {
            await book.RecordAsync(Shop, batch, default);
            if (random.Next(2) == 0)
            {
                await ImportAsync(segments, random);
            }

            if (i % 2 == 0)
            {
                await rollUp.RollUpDaysAsync(Shop, default);
            }
        }

        // The last batch came twice.
        await book.RecordAsync(Shop, batches[^1], default);
        await rollUp.RollUpDaysAsync(Shop, default);
        Assert.Empty(await outcomes.ChangedDaysAsync(Shop, default));
        Assert.Equal(0, await rollUp.RollUpDaysAsync(Shop, default));
    }

    private static async Task EqualsScratchAsync(IMetricStore metrics, IBasketSegments segments, Outcome[][] batches)
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
        var imported = (await segments.ReadAsync(Shop, YearMonth.Of(Start), default)).Orders;
        foreach (var slice in new[] { Slice.All, new(SliceKind.Source, HistoryOutcomes.Source), new(SliceKind.Cohort, "2026-03"), new(SliceKind.Touchpoint, "cart_page"), new(SliceKind.Touchpoint, "checkout") })
        {
            var read = await metrics.ReadAsync(Shop, slice, whole, default);
            for (var day = whole.First; day <= whole.Last; day = day.AddDays(1))
            {
                var told = placed.Where(outcome => Days.Of(outcome.CountsAt) == day).ToList();
                var history = imported.Where(order => Days.Of(order.OrderedAt) == day && !told.Exists(outcome => outcome.Kind == OutcomeKind.Order && outcome.OrderId == order.Id));
                var expected = DayRollUp.Of(history.SelectMany(order => HistoryOutcomes.Of(order, "USD", order.CustomerId is null ? null : YearMonth.Of(Start))).Concat(told)).GetValueOrDefault(slice, PeriodSums.None);
                Assert.Equal(expected, read.GetValueOrDefault(day, PeriodSums.None));
            }
        }
    }
}
