using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Months;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Orders;
using Expansion.Engine.Samples;
using Expansion.Functions.Affinity;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Cli.Tests;

/// <summary>The recompute in processes of their own: several that share the work, and one that is killed in the middle of it.</summary>
[Trait("Category", "Azurite")]
public sealed partial class RecomputeProcessTests(AzuriteFixture azurite)
{
    private static readonly ShopId Shop = ShopId.From("sample");
    private static readonly SampleShop Sample = SampleShop.Create(new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>How often the process is killed: a few times among all tests, as often as asked in tests/bench/kills.sh.</summary>
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("EXPANSION_KILLS") ?? "3", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Recompute_KilledAtRandomMoments_LeavesAWholeGenerationAndARerunCompletes()
    {
        var (random, storage, before) = (new Random(20), azurite.NewAccount(), 0);
        await using var calm = await StartAsync(storage);
        var first = await RunAsync(calm);
        var expected = await RowsAsync(calm, first);
        var length = await TimeAsync(storage);
        for (var kill = 0; kill < Kills; kill++)
        {
            var old = await CurrentAsync(calm);
            await UnlearnAsync(calm);

            await KillAsync(storage, length * random.NextDouble());

            // The pointer may have moved just before the end; whatever it points to is whole.
            var current = await CurrentAsync(calm);
            before += current.Id == old.Id ? 1 : 0;
            Assert.Equal(expected, await RowsAsync(calm, current));
            Assert.Equal(expected, await RowsAsync(calm, old));

            var rerun = await RunAsync(calm);
            Assert.Equal((rerun.Id, first.Pairs, first.Sound, first.Actionable), ((await CurrentAsync(calm)).Id, rerun.Pairs, rerun.Sound, rerun.Actionable));
            Assert.Equal(expected, await RowsAsync(calm, rerun));
        }

        Assert.True(before >= Kills / 2, $"Only {before} of {Kills} recomputes were killed before they had published.");
    }

    [Fact]
    public async Task Serve_ThreeProcessesShareTheRanges_MakeTheGenerationThatOneMakes()
    {
        var storage = azurite.NewAccount();
        await using var calm = await StartAsync(storage);
        var whole = await RunAsync(calm);
        var expected = await RowsAsync(calm, whole);
        var hosts = Enumerable.Range(0, 3).Select(_ => new ServingProcess(storage)).ToList();
        try
        {
            await Task.WhenAll(hosts.Select(host => host.Ready));

            await calm.Services.GetRequiredService<IMessageQueue>().SendAsync(RecomputeDue.Queue, new RecomputeDue(Shop), default);
            await Eventually.TrueAsync(async () => (await CurrentAsync(calm)).Id != whole.Id, "the ranges are counted and published", TimeSpan.FromMinutes(2));
        }
        finally
        {
            hosts.ForEach(host => host.Dispose());
        }

        Assert.True(hosts.Count(host => host.Counted > 0) >= 2, $"Ranges counted by each process: {string.Join(", ", hosts.Select(host => host.Counted))}.");
        Assert.Equal(expected, await RowsAsync(calm, await CurrentAsync(calm)));
    }

    /// <summary>A host without functions, to put the shop in and to look at it.</summary>
    private static async Task<TestHost> StartAsync(string storage)
    {
        var host = await TestHost.StartAsync(storage, new() { Functions = [] });
        foreach (var month in Sample.Orders.GroupBy(order => order.Month))
        {
            Assert.True(await host.Services.GetRequiredService<IBasketSegments>().WriteAsync(Shop, month.Key, new([.. month], null), default));
        }

        return host;
    }

    private static Task<AffinityGeneration> RunAsync(TestHost host) => host.Services.GetRequiredService<ShopRecompute>().RunAsync(Shop, null, TestContext.Current.CancellationToken);

    private static async Task<AffinityGeneration> CurrentAsync(TestHost host) =>
        await host.Services.GetRequiredService<IAffinityStore>().CurrentAsync(Shop, default) ?? throw new InvalidOperationException("The shop has no generation.");

    /// <summary>All of a generation but its name: its rows and its pairs.</summary>
    private static async Task<string> RowsAsync(TestHost host, AffinityGeneration generation)
    {
        var rows = await host.Services.GetRequiredService<IAffinityStore>().FindAsync(Shop, generation.Id, [.. Sample.Products.Select(product => product.Sku)], default);
        var pairs = await host.Services.GetRequiredService<IPairFiles>().ReadAsync(Shop, generation.Id, default);
        return JsonSerializer.Serialize((object[])[rows.Values.OrderBy(row => row.Sku), pairs], ExpansionJson.Options);
    }

    /// <summary>Makes every stage of the next recompute do its work: an order that is told again, and no month that is counted already.</summary>
    private static async Task UnlearnAsync(TestHost host)
    {
        var told = Sample.Orders[^1];
        await host.Services.GetRequiredService<IOrderStore>().SaveAsync(Shop, told with { UpdatedAt = told.UpdatedAt.AddMinutes(1) }, default);
        await host.Services.GetRequiredService<IMonthDigests>().SweepAsync(Shop, [], default);
    }

    /// <summary>How long the command works, once it has begun.</summary>
    private static async Task<TimeSpan> TimeAsync(string storage)
    {
        using var process = await BeginAsync(storage);
        var watch = Stopwatch.StartNew();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return watch.Elapsed;
    }

    private static async Task KillAsync(string storage, TimeSpan after)
    {
        using var process = await BeginAsync(storage);
        await Task.Delay(after);
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A recompute that has folded the orders of changed months, the first stage it tells of.</summary>
    private static async Task<Process> BeginAsync(string storage)
    {
        var process = ExpansionProcess.Start(storage, ["recompute", "--shop", Shop.Value]);
        Assert.Contains("folding", await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        return process;
    }

    /// <summary>A host that takes one message at a time, so that none takes all ranges.</summary>
    private sealed partial class ServingProcess : IDisposable
    {
        private readonly Process _process;
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _counted;

        public ServingProcess(string storage)
        {
            _process = ExpansionProcess.Start(
                storage, ["serve", "--port", "0"],
                ("Recompute__RangeBytes", "1024"), ("Recompute__MaxRanges", "24"),
                ("AzureFunctionsJobHost__extensions__queues__batchSize", "1"), ("AzureFunctionsJobHost__extensions__queues__newBatchThreshold", "0"),
                ("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:00.100"));
            _process.OutputDataReceived += (_, line) =>
            {
                if (line.Data?.StartsWith("Listening", StringComparison.Ordinal) == true)
                {
                    _ready.TrySetResult();
                }
            };
            _process.ErrorDataReceived += (_, line) =>
            {
                if (line.Data is { } text && CountedLine().IsMatch(text))
                {
                    Interlocked.Increment(ref _counted);
                }
            };
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }

        public Task Ready => _ready.Task.WaitAsync(TimeSpan.FromMinutes(1));

        /// <summary>Ranges this process says it has counted.</summary>
        public int Counted => _counted;

        public void Dispose()
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }

        [GeneratedRegex("range [0-9]+ counted")]
        private static partial Regex CountedLine();
    }
}
