using System.Collections.Concurrent;
using System.Diagnostics;
using Expansion.LocalHost.Azurite;

namespace Expansion.Cli.Faults;

/// <param name="Previous">The command's assembly in another version, which every second host runs; null for this version alone.</param>
internal sealed record FaultOptions(int Seed, int Faults, TimeSpan AtLeast, int Hosts, int Senders, string Folder, string? Previous = null);

/// <param name="Violations">What must not be, in words; empty when all is well.</param>
internal sealed record FaultReport(IReadOnlyDictionary<FaultKind, int> Faults, long Deliveries, long Tries, int Orders, int Signals, int Generations, int Pages, int Replayed, TimeSpan Elapsed, IReadOnlyList<string> Violations);

/// <summary>
/// Several hosts and one storage, hurt by plan while webhooks, signals and showings come in, the shop is recomputed and its pairs are read. When nothing is hurt any more and the
/// queues are empty, everything that was taken must be there, once, and what was learned must be what it comes to.
/// </summary>
internal sealed class FaultRun(FaultOptions options, Action<string> tell) : IAsyncDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<FaultKind, int> _faults = new();
    private readonly List<HostProcess> _hosts = [];
    private AzuriteProcess _storage = null!;
    private int _next;

    private string ConnectionString => _storage.ConnectionString(AzuriteAccount.Development);

    public async Task<FaultReport> RunAsync(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        _storage = await AzuriteProcess.StartAsync(Storage(AzuritePorts.Free), cancellationToken);
        for (var host = 0; host < options.Hosts; host++)
        {
            var assembly = host % 2 == 1 && options.Previous is { } previous ? previous : typeof(FaultRun).Assembly.Location;
            _hosts.Add(new HostProcess(assembly, Settings(ConnectionString), Path.Combine(options.Folder, $"host-{host}.log")));
            await _hosts[host].StartAsync(_http, cancellationToken);
        }

        tell($"{options.Hosts} hosts run; their logs are in {options.Folder}.");
        var deliveries = new Deliveries(_http, AnyHost);
        var orders = new OrderStream(deliveries, options.Seed);
        var signals = new SignalStream(deliveries, options.Seed);
        var reader = new PairReader(_http, AnyHost);
        Task[] load = [.. Enumerable.Range(0, options.Senders).Select(_ => orders.RunAsync(_stopping.Token)), signals.RunAsync(_stopping.Token), reader.RunAsync(_stopping.Token)];
        await HurtAsync(deliveries, cancellationToken);
        while (Stopwatch.GetElapsedTime(start) < options.AtLeast)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        }

        await _stopping.CancelAsync();
        await Task.WhenAll(load);
        tell($"Nothing is hurt any more: {deliveries.Taken} deliveries were taken in {deliveries.Tries} tries. Waiting for the queues to be empty.");
        await using var app = CliApp.On(ConnectionString);
        var check = new FaultCheck(app, orders, signals, tell);
        await check.DrainAsync(cancellationToken);
        foreach (var host in _hosts)
        {
            await host.StopAsync();
        }

        await check.CompareAsync(cancellationToken);
        return new(
            _faults.ToDictionary(), deliveries.Taken, deliveries.Tries, orders.Expected.Count, signals.Ids.Count, reader.Generations, reader.Pages, check.Replayed, Stopwatch.GetElapsedTime(start),
            [.. reader.Violations, .. check.Violations]);
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
        _stopping.Dispose();
    }

    private Uri AnyHost() => _hosts[(Interlocked.Increment(ref _next) & int.MaxValue) % _hosts.Count].Address;

    private async Task HurtAsync(Deliveries deliveries, CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var fault in Fault.Plan(options.Seed, options.Faults, options.Hosts))
        {
            await Task.Delay(fault.Gap, cancellationToken);
            await HurtAsync(fault, cancellationToken);
            _faults.AddOrUpdate(fault.Kind, 1, (_, count) => count + 1);
            if (++done % 20 == 0)
            {
                tell($"{done} of {options.Faults} faults; {deliveries.Taken} deliveries taken.");
            }
        }
    }

    private async Task HurtAsync(Fault fault, CancellationToken cancellationToken)
    {
        var host = _hosts[fault.Host];
        switch (fault.Kind)
        {
            case FaultKind.KillHost:
                await host.KillAsync();
                await host.StartAsync(_http, cancellationToken);
                break;
            case FaultKind.StopHost:
                await host.StopAsync();
                await host.StartAsync(_http, cancellationToken);
                break;
            case FaultKind.PauseHost:
                await host.PauseAsync(fault.Length);
                break;
            case FaultKind.PauseStorage:
                await HostProcess.PauseAsync(_storage.ProcessId, fault.Length);
                break;
            case FaultKind.RestartStorage:
                var ports = _storage.Ports;
                await _storage.DisposeAsync();
                await Task.Delay(fault.Length, cancellationToken);
                _storage = await AzuriteProcess.StartAsync(Storage(ports), cancellationToken);
                break;
            case FaultKind.Starve:
                Starve(fault.Length);
                break;
        }
    }

    private static void Starve(TimeSpan length)
    {
        var start = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, Environment.ProcessorCount * 4).Select(_ => new Thread(() => SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(start) > length))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }

    private AzuriteOptions Storage(AzuritePorts ports) => new() { Ports = ports, Location = Path.Combine(options.Folder, "storage") };

    internal static Dictionary<string, string> Settings(string storage) => new()
    {
        ["AzureWebJobsStorage"] = storage,
        ["Shopify__Shops__0__Domain"] = OrderStream.Domain,
        ["Shopify__Shops__0__Secrets__0"] = OrderStream.Secret,
        ["AzureFunctionsWebHost__hostid"] = "faults",
        // Outages of seconds are what is tried here; ten runs of ten seconds outlast them.
        ["AzureFunctionsJobHost__extensions__queues__maxDequeueCount"] = "10",
    };
}
