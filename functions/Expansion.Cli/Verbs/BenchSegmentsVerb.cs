using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Affinity.Months;
using Expansion.Engine.Orders;

namespace Expansion.Cli.Verbs;

/// <summary>`expansion bench segments --shop S`: what a month costs before it is kept counted: reading its Parquet file, de-duplicating its orders, counting its pairs; each by itself.</summary>
internal static class BenchSegmentsVerb
{
    public static Command Create()
    {
        var named = CliOptions.Shop();
        var command = new Command("segments", "Reads every segment of a shop, de-duplicates its orders, and counts its pairs, and says how long each took.") { named };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await CliApp.StartAsync(cancellationToken);
            var (shop, segments) = (parsed.GetRequiredValue(named), app.Get<IBasketSegments>());
            var (read, merged, counted) = (new Stopwatch(), new Stopwatch(), new Stopwatch());
            var (rows, orders, twice, bytes) = (0L, 0L, 0L, 0L);
            foreach (var segment in await segments.ListAsync(shop, cancellationToken))
            {
                bytes += segment.Bytes;
                read.Start();
                var columns = await segments.ReadColumnsAsync(shop, segment.Month, cancellationToken).ToListAsync(cancellationToken);
                read.Stop();
                rows += columns.Sum(group => (long)group.Skus.Length);

                counted.Start();
                var builder = new MonthDigestBuilder(segment.Month, segment.Version);
                columns.ForEach(builder.Add);
                builder.Build(cancellationToken);
                counted.Stop();
                columns.Clear();

                // Every order is told once more; of two that are equally new the later one counts.
                var month = await segments.ReadAsync(shop, segment.Month, cancellationToken);
                merged.Start();
                orders += MonthMerge.Merge(segment.Month, month.Orders, month.Orders, []).Orders.Count;
                merged.Stop();
                twice += 2 * month.Orders.Count;
            }

            Console.WriteLine(JsonSerializer.Serialize(new
            {
                shop,
                Mb = bytes / 1_048_576,
                Rows = rows,
                Orders = orders,
                ReadParquetS = Math.Round(read.Elapsed.TotalSeconds, 2),
                Deduplicated = twice,
                DeduplicateS = Math.Round(merged.Elapsed.TotalSeconds, 2),
                CountS = Math.Round(counted.Elapsed.TotalSeconds, 2),
                PeakRssMb = StageTimes.PeakMb(),
            }, ExpansionJson.Options));
            return rows > 0 ? 0 : 1;
        });
        return command;
    }
}
