using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Months;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;
using Expansion.Functions.Affinity;
using Expansion.Functions.Orders;

namespace Expansion.Cli.Verbs;

/// <summary>
/// `expansion bench recompute --baskets FILE`: two years of orders made of a file of baskets, written as segments, then recomputed, timed by stage; then a night later once more.
/// </summary>
internal static class BenchRecomputeVerb
{
    private const int Months = 24;
    private const int BasketsPerCustomer = 4;

    /// <summary>Orders that a night adds to two years of them.</summary>
    private const double NightShare = 0.003;

    public static Command Create()
    {
        var file = new Option<FileInfo>("--baskets") { Description = "One basket a line, integers with blanks between.", Required = true };
        var named = new Option<string?>("--shop") { Description = "The shop to use; what it has from an earlier run isn't written again, so that memory is the recompute's alone." };
        var anew = new Option<bool>("--from-nothing") { Description = "Without what an earlier run kept of each month." };
        var night = new Option<bool>("--night") { Description = "Adds 0.3 % of the orders to the newest month, then recomputes once more." };
        var command = new Command("recompute", "Recomputes a shop whose two years of orders are the baskets of a file, and says how long each stage took.") { file, named, anew, night };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await CliApp.StartAsync(cancellationToken);
            var shop = ShopId.From(parsed.GetValue(named) ?? $"bench-{Guid.NewGuid():N}");
            var segments = app.Get<IBasketSegments>();
            await app.Get<IShopStore>().EnsureAsync(shop, cancellationToken);
            var watch = Stopwatch.StartNew();
            if ((await segments.ListAsync(shop, cancellationToken)).Count == 0)
            {
                await WriteAsync(segments, shop, parsed.GetRequiredValue(file).FullName, cancellationToken);
            }

            if (parsed.GetValue(anew))
            {
                await app.Get<IMonthDigests>().SweepAsync(shop, [], cancellationToken);
            }

            var written = watch.Elapsed;
            var (generation, whole) = await RecomputeAsync(app, shop, cancellationToken);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                shop,
                generation.Baskets,
                generation.Products,
                generation.Pairs,
                generation.Kept,
                WriteSegmentsS = Math.Round(written.TotalSeconds, 2),
                Recompute = whole,
                Night = parsed.GetValue(night) ? await NightAsync(app, shop, generation, cancellationToken) : null,
                PeakRssMb = StageTimes.PeakMb(),
            }, ExpansionJson.Options));
            return 0;
        });
        return command;
    }

    private static async Task<(AffinityGeneration Generation, object Times)> RecomputeAsync(CliApp app, ShopId shop, CancellationToken cancellationToken)
    {
        var (stages, processor) = (new StageTimes(), Environment.CpuUsage.TotalTime);
        var generation = await app.Get<ShopRecompute>().RunAsync(shop, stages.Begin, cancellationToken);
        var seconds = stages.Seconds();
        return (generation, new
        {
            TotalS = Math.Round(seconds.Values.Sum(), 2),
            ProcessorS = Math.Round((Environment.CpuUsage.TotalTime - processor).TotalSeconds, 2),
            Stages = seconds,
            StagesPeakRssMb = stages.PeaksMb(),
        });
    }

    /// <summary>Orders like those of the newest month arrive, and are folded into it as an import is; then comes the night.</summary>
    private static async Task<object> NightAsync(CliApp app, ShopId shop, AffinityGeneration generation, CancellationToken cancellationToken)
    {
        var month = await app.Get<IBasketSegments>().ReadAsync(shop, generation.To, cancellationToken);
        var orders = month.Orders.Take((int)(NightShare * generation.Baskets)).Select((order, index) => order with { Id = new($"{generation.Id}-{index}") }).ToList();
        month = null;
        var watch = Stopwatch.StartNew();
        await app.Get<MonthFold>().FoldAsync(shop, generation.To, orders, cancellationToken);
        var folded = watch.Elapsed;
        var (_, times) = await RecomputeAsync(app, shop, cancellationToken);
        return new { Orders = orders.Count, FoldS = Math.Round(folded.TotalSeconds, 2), Recompute = times };
    }

    private static async Task WriteAsync(IBasketSegments segments, ShopId shop, string file, CancellationToken cancellationToken)
    {
        var total = File.ReadLines(file).LongCount();
        var first = YearMonth.Of(DateTimeOffset.UtcNow).AddMonths(1 - Months);
        var number = 0L;
        foreach (var lines in File.ReadLines(file).Chunk((int)Math.Max(1, (total + Months - 1) / Months)))
        {
            var month = first.AddMonths((int)(number * Months / total));
            var start = new DateTimeOffset(month.Year, month.Month, 1, 0, 0, 0, TimeSpan.Zero);
            var orders = lines.Select((line, index) => Order(number + index, total, start.AddMinutes((double)index * 28 * 24 * 60 / lines.Length), line)).ToList();
            await segments.WriteAsync(shop, month, new MonthOrders(orders, null), cancellationToken);
            number += lines.Length;
        }
    }

    /// <summary>Customers are spread by a multiplicative hash, so that each one's orders lie in different months.</summary>
    private static Order Order(long number, long total, DateTimeOffset at, string basket)
    {
        var customer = (long)((ulong)number * 0x9E3779B97F4A7C15UL % (ulong)Math.Max(1, total / BasketsPerCustomer));
        var lines = basket.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(item => new OrderLine(new Sku(item), 1, 1, new Money(10, "EUR"))).ToList();
        return new(new OrderId(number.ToString(CultureInfo.InvariantCulture)), new CustomerId(customer.ToString(CultureInfo.InvariantCulture)), at, at, lines);
    }
}
