using System.Diagnostics;
using Expansion.Cli.Faults;
using Expansion.LocalHost.Azurite;

namespace Expansion.Cli.Loads;

/// <param name="DrainedAfter">How long after the last question the queues were empty.</param>
/// <param name="OrdersASecond">Orders from the first question to empty queues: what hosts and storage keep up with.</param>
/// <param name="Violations">What must not be, in words; empty when all is well.</param>
internal sealed record LoadReport(LoadLog Log, TimeSpan DrainedAfter, double OrdersASecond, IReadOnlyList<string> Violations);

/// <summary>Hosts and a storage of their own under a shop's day: of ten calls four are pages of the storefront, three ask for recommendations, one is a webhook, two tell signals and showings. Then everything is compared with what was sent.</summary>
internal sealed class LoadRun(int hosts, int seed, IReadOnlyList<LoadPhase> phases, string folder, Action<string> tell) : IAsyncDisposable
{
    private const int OrdersBefore = 200;

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(100) };
    private readonly List<HostProcess> _hosts = [];
    private readonly LoadLog _log = new();
    private AzuriteProcess _storage = null!;
    private int _next;

    public async Task<LoadReport> RunAsync(CancellationToken cancellationToken)
    {
        _storage = await AzuriteProcess.StartAsync(new() { Ports = AzuritePorts.Free, Location = Path.Combine(folder, "storage") }, cancellationToken);
        var storage = _storage.ConnectionString(AzuriteAccount.Development);
        for (var host = 0; host < hosts; host++)
        {
            _hosts.Add(new HostProcess(typeof(LoadRun).Assembly.Location, FaultRun.Settings(storage), Path.Combine(folder, $"host-{host}.log")));
            await _hosts[host].StartAsync(_http, cancellationToken);
        }

        await using var app = CliApp.On(storage);
        var deliveries = new Deliveries(_http, AnyHost);
        var (orders, signals) = (new OrderStream(deliveries, seed), new SignalStream(deliveries, seed));
        for (var order = 0; order < OrdersBefore; order++)
        {
            await orders.SendAsync();
        }

        var check = new FaultCheck(app, orders, signals, tell);
        await check.DrainAsync(cancellationToken);
        await check.LearnAsync(cancellationToken);
        tell($"{hosts} hosts run, and have learned from {OrdersBefore} orders; their logs are in {folder}.");

        var (start, before) = (Stopwatch.GetTimestamp(), orders.Count);
        foreach (var phase in phases)
        {
            tell($"{phase.Name}: {phase.Senders} senders for {phase.Length.TotalSeconds:0} s.");
            await Task.WhenAll(Enumerable.Range(0, phase.Senders).Select(sender => SendAsync(phase, start, new Random(HashCode.Combine(seed, sender)), orders, signals)));
        }

        var asked = Stopwatch.GetTimestamp();
        await check.DrainAsync(cancellationToken);
        var (drained, rate) = (Stopwatch.GetElapsedTime(asked), (orders.Count - before) / Stopwatch.GetElapsedTime(start).TotalSeconds);
        foreach (var host in _hosts)
        {
            await host.StopAsync();
        }

        await check.CompareAsync(cancellationToken);
        return new(_log, drained, rate, check.Violations);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        if (_storage is not null)
        {
            await _storage.DisposeAsync();
        }

        _http.Dispose();
    }

    private Uri AnyHost() => _hosts[(Interlocked.Increment(ref _next) & int.MaxValue) % _hosts.Count].Address;

    private async Task SendAsync(LoadPhase phase, long start, Random random, OrderStream orders, SignalStream signals)
    {
        var visits = new StorefrontVisits(_http, AnyHost);
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < phase.Length; await Task.Delay(phase.Pause))
        {
            var (asked, taken) = (Stopwatch.GetTimestamp(), true);
            var kind = random.Next(10) switch { 0 => LoadKind.Webhook, < 3 => LoadKind.Signal, < 7 => LoadKind.Storefront, _ => LoadKind.Recommendation };
            switch (kind)
            {
                case LoadKind.Webhook:
                    await orders.SendAsync();
                    break;
                case LoadKind.Signal:
                    await signals.SendAsync();
                    break;
                case LoadKind.Storefront:
                    taken = await visits.AskAsync(random);
                    break;
                case LoadKind.Recommendation:
                    taken = await AskAsync(OrderStream.Skus[random.Next(OrderStream.Skus.Count)]);
                    break;
            }

            _log.Add(new(phase.Name, kind, Stopwatch.GetElapsedTime(start), Stopwatch.GetElapsedTime(asked).TotalMilliseconds, taken));
        }
    }

    private async Task<bool> AskAsync(string sku)
    {
        using var answer = await _http.GetAsync(new Uri(AnyHost(), $"api/recommendations?shop={OrderStream.Shop}&product={sku}&limit=4"));
        return answer.IsSuccessStatusCode;
    }
}
