using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Affinity.Months;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;
using Expansion.Functions.Affinity;

namespace Expansion.Cli.Verbs;

/// <summary>`expansion bench recompute --baskets FILE`: two years of orders made of a file of baskets, written as segments, then recomputed, timed by stage.</summary>
internal static class BenchRecomputeVerb
{
    private const int Months = 24;
    private const int BasketsPerCustomer = 4;

    public static Command Create()
    {
        var file = new Option<FileInfo>("--baskets") { Description = "One basket a line, integers with blanks between.", Required = true };
        var named = new Option<string?>("--shop") { Description = "The shop to use; what it has from an earlier run isn't written again, so that memory is the recompute's alone." };
        var anew = new Option<bool>("--from-nothing") { Description = "Without what an earlier run kept of each month." };
        var command = new Command("recompute", "Recomputes a shop whose two years of orders are the baskets of a file, and says how long each stage took.") { file, named, anew };
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
            var stages = new StageTimes();
            var generation = await app.Get<ShopRecompute>().RunAsync(shop, stages.Begin, cancellationToken);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                shop,
                generation.Baskets,
                generation.Products,
                generation.Pairs,
                generation.Kept,
                WriteSegmentsS = Math.Round(written.TotalSeconds, 2),
                RecomputeS = Math.Round((watch.Elapsed - written).TotalSeconds, 2),
                Stages = stages.Seconds(),
                StagesPeakRssMb = stages.PeaksMb(),
                PeakRssMb = StageTimes.PeakMb(),
            }, ExpansionJson.Options));
            return 0;
        });
        return command;
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
