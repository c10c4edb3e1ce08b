using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using Azure.Storage.Queues;
using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Signals;
using Expansion.Functions.Timing;
using Expansion.LocalHost;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Expansion.Cli.Verbs.Signals;

/// <summary>Hosts that do nothing but take signals or evaluate them, one for each measurement, and what is measured with them.</summary>
internal sealed class SignalBench(string storage)
{
    private const int Receivers = 8;
    private const int Senders = 16;
    private const int MostAtOnce = 32;

    private static readonly TimeSpan Invisibility = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow.AddMinutes(-1);

    private int _runs;

    /// <summary>Each run has a shop of its own: the emulator looks through all customers of a part for one.</summary>
    private ShopId Shop => ShopId.From($"bench-{_runs}.example");

    /// <summary>What this emulator can do at best: as many messages, 32 received at once and each deleted.</summary>
    /// <param name="backlog">How many wait at most.</param>
    /// <returns>The time of receiving and deleting.</returns>
    public async Task<TimeSpan> ReceiveAndDeleteAsync(int count, int backlog, CancellationToken cancellationToken)
    {
        var queue = new QueueClient(storage, "bench-plain", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        var message = BinaryData.FromObjectAsJson(new SignalsReceived(Shop, [.. Signals(1, 1)]), ExpansionJson.Options);
        var time = TimeSpan.Zero;
        foreach (var fill in Enumerable.Repeat(message, count).Chunk(backlog))
        {
            await Parallel.ForEachAsync(fill, cancellationToken, async (body, cancel) => await queue.SendMessageAsync(body, cancellationToken: cancel));
            var (watch, deleted) = (Stopwatch.StartNew(), 0);
            await Task.WhenAll(Enumerable.Range(0, Receivers).Select(async _ =>
            {
                while (Volatile.Read(ref deleted) < fill.Length)
                {
                    foreach (var received in (await queue.ReceiveMessagesAsync(MostAtOnce, Invisibility, cancellationToken)).Value)
                    {
                        await queue.DeleteMessageAsync(received.MessageId, received.PopReceipt, cancellationToken);
                        Interlocked.Increment(ref deleted);
                    }
                }
            }));
            time += watch.Elapsed;
        }

        return time;
    }

    /// <summary>Fills the queue, starts a host, and waits until every signal is part of what is known of its customer.</summary>
    /// <param name="together">How many are sent at once; POST /api/events takes 500.</param>
    /// <param name="backlog">How many are sent before they are taken; what is sent in batches is few messages, and is sent as a whole.</param>
    /// <returns>The time from each host's start on.</returns>
    public async Task<TimeSpan> DrainAsync(int count, int perCustomer, int together, int backlog, CancellationToken cancellationToken)
    {
        var (taken, time, sent) = (new SignalsTaken(), TimeSpan.Zero, 0);
        _runs++;
        var signals = Signals(count / perCustomer, perCustomer);
        // One by one they come as they happen, batches by customer.
        foreach (var fill in together == 1 ? signals.OrderBy(signal => signal.At).Chunk(backlog) : [signals.ToArray()])
        {
            await using var host = await BuildAsync([typeof(EvaluateSignals)], services => services.Decorate<ICustomerStore>(taken.Over), cancellationToken);
            var inbox = host.Services.GetRequiredService<SignalInbox>();
            var sending = new ParallelOptions { MaxDegreeOfParallelism = Senders, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(fill.Chunk(together), sending, async (some, cancel) => await inbox.SendAsync(Shop, some, cancel));
            var watch = Stopwatch.StartNew();
            await host.StartAsync(cancellationToken);
            await taken.AllAsync(sent += fill.Length, cancellationToken);
            time += watch.Elapsed;
            await host.StopAsync(cancellationToken);
        }

        return time;
    }

    /// <summary>Posts signals one by one, and throws away what that sends.</summary>
    /// <returns>The time of it all, and what half of the requests took at most.</returns>
    public async Task<(TimeSpan Whole, TimeSpan P50)> PostAsync(int count, int perCustomer, CancellationToken cancellationToken)
    {
        _runs++;
        await using var host = await BuildAsync([typeof(ReceiveEvents)], _ => { }, cancellationToken);
        await host.StartAsync(cancellationToken);
        using var client = new HttpClient { BaseAddress = new(host.Urls.First()) };
        var (latencies, watch) = (new ConcurrentBag<TimeSpan>(), Stopwatch.StartNew());
        var sending = new ParallelOptions { MaxDegreeOfParallelism = Senders, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Signals(count / perCustomer, perCustomer).OrderBy(signal => signal.At), sending, async (signal, cancel) =>
        {
            var sent = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsJsonAsync($"api/events?shop={Shop}", signal, ExpansionJson.Options, cancel);
            answer.EnsureSuccessStatusCode();
            latencies.Add(Stopwatch.GetElapsedTime(sent));
        });
        var whole = watch.Elapsed;
        await host.StopAsync(cancellationToken);
        await new QueueClient(storage, SignalsReceived.Queue).ClearMessagesAsync(cancellationToken);
        return (whole, latencies.Order().ElementAt(count / 2));
    }

    /// <summary>From being sent to the decision in the ledger, while signals come at a steady rate, each of a customer of its own.</summary>
    public async Task<(TimeSpan P50, TimeSpan P99)> LatencyAsync(int count, double perSecond, CancellationToken cancellationToken)
    {
        _runs++;
        var clock = new DecisionClock();
        await using var host = await BuildAsync([typeof(EvaluateSignals)], services => services.Decorate<IOfferLedger>(clock.Over), cancellationToken);
        await host.StartAsync(cancellationToken);
        var inbox = host.Services.GetRequiredService<SignalInbox>();
        var (watch, sending) = (Stopwatch.StartNew(), new List<Task>());
        foreach (var together in Signals(count, 1).Chunk((int)Math.Max(1, perSecond * Pace.TotalSeconds)))
        {
            clock.Sent(together.Select(signal => signal.Customer));
            sending.Add(inbox.SendAsync(Shop, together, cancellationToken));
            var due = Pace * sending.Count;
            await Task.Delay(due > watch.Elapsed ? due - watch.Elapsed : TimeSpan.Zero, cancellationToken);
        }

        await Task.WhenAll(sending);
        var latencies = await clock.AllAsync(count, cancellationToken);
        await host.StopAsync(cancellationToken);
        return (latencies[count / 2], latencies[count * 99 / 100]);
    }

    private async Task<WebApplication> BuildAsync(IReadOnlyList<Type> functions, Action<IServiceCollection> services, CancellationToken cancellationToken)
    {
        var host = FunctionHost.Build(
            new() { Port = 0, Functions = functions, Logging = logging => logging.AddSimpleConsole().AddFilter<ConsoleLoggerProvider>(null, LogLevel.Warning), Services = services },
            HostConfiguration.HostJsonAnd(new Dictionary<string, string?> { ["AzureWebJobsStorage"] = storage }));
        await host.Services.GetRequiredService<IShopStore>().EnsureAsync(Shop, cancellationToken);
        return host;
    }

    /// <summary>What a product tells: mostly use; and at last of each customer something that a decision is made on.</summary>
    private static IEnumerable<Signal> Signals(int customers, int perCustomer) =>
        from customer in Enumerable.Range(0, customers)
        from number in Enumerable.Range(1, perCustomer)
        let id = new CustomerId($"customer-{customer}")
        let at = Now.AddSeconds(number)
        select number == perCustomer ? (Signal)new ReviewPosted(5) { Id = $"{id}-{number}", Customer = id, At = at }
            : number % 3 == 0 ? new FeatureUsed($"feature {number}") { Id = $"{id}-{number}", Customer = id, At = at }
            : new UsageRecorded("calls", 5, 40, 100) { Id = $"{id}-{number}", Customer = id, At = at };
}
