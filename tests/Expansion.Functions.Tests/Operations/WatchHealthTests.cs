using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Azure.Storage.Queues;
using Expansion.Engine.Recommendations;
using Expansion.Functions.Offers;
using Expansion.Functions.Operations;
using Expansion.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Expansion.Functions.Tests.Operations;

/// <summary>What the metrics are told; other tests tell theirs at the same time.</summary>
[Trait("Category", "Azurite")]
public sealed class WatchHealthTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Run_AMessageThatWaits_TellsItsAgeByQueue()
    {
        var storage = azurite.NewAccount();
        var (queue, name) = ($"waiting-{Guid.NewGuid():N}", "expansion.queue.age");
        foreach (var named in new[] { queue, $"{queue}-poison", $"{queue}-empty" })
        {
            await new QueueClient(storage, named).CreateAsync();
        }

        await new QueueClient(storage, queue).SendMessageAsync("older");
        await new QueueClient(storage, queue).SendMessageAsync("newer");
        await new QueueClient(storage, queue).SendMessageAsync("later", visibilityTimeout: TimeSpan.FromDays(1));
        await new QueueClient(storage, $"{queue}-poison").SendMessageAsync("for a person");
        await using var host = await TestHost.StartAsync(storage, new() { Functions = [], Time = new FakeTimeProvider(DateTimeOffset.UtcNow.AddMinutes(20)) });
        var told = new ConcurrentQueue<(string Queue, double Seconds)>();
        using var listener = Listen<double>(name, (seconds, tags) => told.Enqueue(($"{tags["queue"]}", seconds)));

        await ActivatorUtilities.CreateInstance<WatchHealth>(host.Services).Run(new TimerInfo(), CancellationToken.None);

        var (waited, age) = Assert.Single(told, one => one.Queue.StartsWith(queue, StringComparison.Ordinal));
        Assert.Equal(queue, waited);
        // The storage's clock tells whole seconds.
        Assert.InRange(age, 20 * 60 - 60, 20 * 60 + 2);
    }

    [Fact]
    public void Add_Silence_IsToldByTouchpoint()
    {
        var told = new List<string>();
        var here = Environment.CurrentManagedThreadId;
        using var listener = Listen<long>("expansion.decisions", (count, tags) =>
        {
            if (Environment.CurrentManagedThreadId == here)
            {
                told.Add($"{count} {tags["touchpoint"]} {tags["outcome"]}");
            }
        });

        DecisionMeter.Add(new("1", new("ann"), DateTimeOffset.UnixEpoch, Touchpoint.CartPage, null, "Nothing to offer."));

        Assert.Equal(["1 cart_page silence"], told);
    }

    private static MeterListener Listen<T>(string instrument, Action<T, Dictionary<string, object?>> tell)
        where T : struct
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (published, listener) =>
            {
                if (published.Name == instrument)
                {
                    listener.EnableMeasurementEvents(published);
                }
            },
        };
        listener.SetMeasurementEventCallback<T>((_, value, tags, _) => tell(value, tags.ToArray().ToDictionary()));
        listener.Start();
        return listener;
    }
}
