using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Expansion.Cli.Verbs.Serving;
using Expansion.Engine;
using Expansion.Functions.Recommendations;
using Expansion.LocalHost;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Cli.Verbs;

/// <summary>
/// `expansion bench serving`: LocalHost answers GET /api/recommendations from the processors that also ask, in turn with a bare Kestrel endpoint that answers a constant of the
/// same size. The mix: product pages of a made-up shop, a product as often as one over its rank, each page asked for once before; beside it carts of three that nobody had.
/// </summary>
internal static class BenchServingVerb
{
    private const int Rounds = 3;
    private const int ColdRequests = 2000;

    private static readonly TimeSpan MostWarming = TimeSpan.FromMinutes(2);

    public static Command Create()
    {
        var products = new Option<int>("--products") { Description = "Products of the made-up shop.", DefaultValueFactory = _ => 100_000 };
        var orders = new Option<int>("--orders") { Description = "Orders its model is trained on.", DefaultValueFactory = _ => 300_000 };
        var connections = new Option<int>("--connections") { Description = "Connections that ask.", DefaultValueFactory = _ => 64 };
        var seconds = new Option<int>("--seconds") { Description = "Length of each measurement.", DefaultValueFactory = _ => 8 };
        var command = new Command("serving", "Measures recommendations over HTTP beside a bare endpoint.") { products, orders, connections, seconds };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await CliApp.StartAsync(cancellationToken);
            var shop = new ServingShop(parsed.GetValue(products));
            var id = ShopId.From($"bench-serving-{parsed.GetValue(products)}");
            await shop.MakeAsync(app, id, parsed.GetValue(orders), parsed.InvocationConfiguration.Error, cancellationToken);
            await using var host = FunctionHost.Build(new() { Port = 0 }, app.Configuration);
            await host.StartAsync(cancellationToken);
            var report = await MeasureAsync(host, id, shop, parsed.GetValue(products), parsed.GetValue(connections), TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(JsonSerializer.Serialize(report, ExpansionJson.Options));
            return 0;
        });
        return command;
    }

    private static async Task<object> MeasureAsync(WebApplication host, ShopId id, ServingShop shop, int products, int connections, TimeSpan length, CancellationToken cancellationToken)
    {
        var pages = Enumerable.Range(0, products).Select(product => HttpLoad.Get($"/api/recommendations?shop={id}&product={ServingShop.Sku(product)}")).ToArray();
        var server = Address(host);

        var before = Rss();
        var (first, one) = (Stopwatch.StartNew(), new HttpLoad(server, 1, _ => pages[0]));
        await one.RunAsync(TimeSpan.FromMinutes(5), null, cancellationToken, most: 1);
        var firstMs = first.Elapsed.TotalMilliseconds;
        var (rss, asked) = (Rss(), 0);
        var cold = await new HttpLoad(server, 1, _ => pages[asked++ * (products / ColdRequests) % products]).RunAsync(TimeSpan.FromMinutes(1), null, cancellationToken, most: ColdRequests);

        // Warm is a host whose every page has been asked for.
        var next = -1;
        var warming = Stopwatch.StartNew();
        await new HttpLoad(server, connections, _ => pages[Interlocked.Increment(ref next) % products]).RunAsync(MostWarming, null, cancellationToken, most: (products + connections - 1) / connections);
        var (warmed, warmS) = (Math.Min(next + 1, products), warming.Elapsed.TotalSeconds);
        var ours = new HttpLoad(server, connections, random => pages[shop.Draw(random)]);
        var warmUp = await ours.RunAsync(length, null, cancellationToken);
        await using var bareHost = await BareAsync(new('x', (int)warmUp.MeanBytes), cancellationToken);
        var bare = new HttpLoad(Address(bareHost), connections, _ => pages[0]);
        await bare.RunAsync(length / 4, null, cancellationToken);
        var (rounds, bareRounds) = (new List<LoadResult>(), new List<LoadResult>());
        for (var round = 0; round < Rounds; round++)
        {
            rounds.Add(await ours.RunAsync(length, null, cancellationToken));
            bareRounds.Add(await bare.RunAsync(length, null, cancellationToken));
        }

        var (best, bareBest) = (Median(rounds), Median(bareRounds));
        var (halves, bareHalves, pause) = (new List<LoadResult>(), new List<LoadResult>(), GC.GetTotalPauseDuration());
        for (var round = 0; round < Rounds; round++)
        {
            halves.Add(await ours.RunAsync(length, best.PerSecond / 2, cancellationToken));
            bareHalves.Add(await bare.RunAsync(length, best.PerSecond / 2, cancellationToken));
        }

        var (half, bareHalf) = (MedianP99(halves), MedianP99(bareHalves));
        pause = GC.GetTotalPauseDuration() - pause;
        var carts = await new HttpLoad(server, connections, random => Cart(id, shop, random)).RunAsync(length, null, cancellationToken);
        return new
        {
            products,
            connections,
            bytes = (int)best.MeanBytes,
            first_request_ms = Round(firstMs),
            cold_p50_ms = Round(cold.Percentile(0.5)),
            cold_p99_ms = Round(cold.Percentile(0.99)),
            cold_cpu_us = Round(cold.CpuMicroseconds),
            cold_requests = cold.Latencies.Length,
            pages_warmed = warmed,
            warming_s = Round(warmS),
            per_second = Round(best.PerSecond),
            p50_ms = Round(best.Percentile(0.5)),
            p99_ms = Round(best.Percentile(0.99)),
            cpu_us = Round(best.CpuMicroseconds),
            bare_cpu_us = Round(bareBest.CpuMicroseconds),
            bare_per_second = Round(bareBest.PerSecond),
            bare_p50_ms = Round(bareBest.Percentile(0.5)),
            bare_p99_ms = Round(bareBest.Percentile(0.99)),
            share_of_bare = Math.Round(best.PerSecond / bareBest.PerSecond, 3),
            half_load_per_second = Round(half.PerSecond),
            half_load_p50_ms = Round(half.Percentile(0.5)),
            half_load_p99_ms = Round(half.Percentile(0.99)),
            half_load_p99_ms_of_each = halves.Select(round => Round(round.Percentile(0.99))),
            half_load_bare_p99_ms = Round(bareHalf.Percentile(0.99)),
            half_load_gc_pauses_ms = Round(pause.TotalMilliseconds),
            carts_never_asked_before_per_second = Round(carts.PerSecond),
            carts_never_asked_before_cpu_us = Round(carts.CpuMicroseconds),
            carts_never_asked_before_p99_ms = Round(carts.Percentile(0.99)),
            rss_before_mb = before,
            rss_loaded_mb = rss,
            rss_warm_mb = Rss(),
            estimated_mb = host.Services.GetRequiredService<ServingCache>().Bytes >> 20,
            peak_rss_mb = Process.GetCurrentProcess().PeakWorkingSet64 >> 20,
        };
    }

    private static byte[] Cart(ShopId id, ServingShop shop, Random random) =>
        HttpLoad.Get($"/api/recommendations?shop={id}&touchpoint=cart_page&cart={string.Join(',', Enumerable.Range(0, 3).Select(_ => ServingShop.Sku(shop.Draw(random))))}");

    private static async Task<WebApplication> BareAsync(string body, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var constant = JsonSerializer.SerializeToUtf8Bytes(body[..Math.Max(0, body.Length - 2)]);
        app.Run(context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = constant.Length;
            return context.Response.Body.WriteAsync(constant, context.RequestAborted).AsTask();
        });
        await app.StartAsync(cancellationToken);
        return app;
    }

    private static LoadResult Median(List<LoadResult> rounds) => rounds.OrderBy(round => round.PerSecond).ElementAt(rounds.Count / 2);

    private static LoadResult MedianP99(List<LoadResult> rounds) => rounds.OrderBy(round => round.Percentile(0.99)).ElementAt(rounds.Count / 2);

    private static IPEndPoint Address(WebApplication host) => new(IPAddress.Loopback, new Uri(host.Urls.Single()).Port);

    private static long Rss() => Process.GetCurrentProcess().WorkingSet64 >> 20;

    private static double Round(double number) => Math.Round(number, number < 100 ? 2 : 0);
}
