using Azure.Storage.Queues;
using Expansion.Testing;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.LocalHost.Tests.Queues;

/// <summary>How many messages run at once, and what starting and stopping means to them.</summary>
[Trait("Category", "Azurite")]
public sealed class QueuePumpTests(AzuriteFixture azurite)
{
    private readonly PumpedQueues _queues = new(azurite.NewAccount());

    [Fact]
    public async Task Messages_ThatRunLong_AreAtMostABatchAndTheThreshold()
    {
        var queue = await _queues.QueueAsync("slow");
        await Task.WhenAll(Enumerable.Range(0, 12).Select(number => queue.SendMessageAsync($"{number}")));
        await using var host = await _queues.StartAsync(
            typeof(Slow), null, ("AzureFunctionsJobHost:extensions:queues:batchSize", "3"), ("AzureFunctionsJobHost:extensions:queues:newBatchThreshold", "2"));

        // One batch leaves three running, which is over the threshold: the next waits until two are left.
        await Eventually.TrueAsync(() => _queues.Probe.Now == 3, "a batch runs");
        _queues.Probe.Gate.SetResult();
        await PumpedQueues.EmptyAsync(queue);

        Assert.Equal(12, _queues.Probe.Seen.Distinct().Count());
        Assert.InRange(_queues.Probe.Most, 3, 5);
    }

    [Fact]
    public async Task Messages_WithinTheThreshold_LetTheNextBatchIn()
    {
        var queue = await _queues.QueueAsync("slow");
        await Task.WhenAll(Enumerable.Range(0, 12).Select(number => queue.SendMessageAsync($"{number}")));
        await using var host = await _queues.StartAsync(
            typeof(Slow), null, ("AzureFunctionsJobHost:extensions:queues:batchSize", "2"), ("AzureFunctionsJobHost:extensions:queues:newBatchThreshold", "3"));

        // 2 and 4 are received; 4 is over the threshold of 3.
        await Eventually.TrueAsync(() => _queues.Probe.Now == 4, "two batches run");
        _queues.Probe.Gate.SetResult();
        await PumpedQueues.EmptyAsync(queue);

        Assert.InRange(_queues.Probe.Most, 4, 5);
    }

    [Fact]
    public async Task Start_QueueIsMissing_CreatesIt()
    {
        await using var host = await _queues.StartAsync(typeof(PumpedQueues.Texts));

        await Eventually.TrueAsync(async () => await new QueueClient(_queues.Storage, "texts").ExistsAsync(), "the queue exists");
    }

    [Fact]
    public async Task Start_FunctionDisabled_LeavesItsMessages()
    {
        var queue = await _queues.QueueAsync("texts");
        await queue.SendMessageAsync("later");
        await using (await _queues.StartAsync(typeof(PumpedQueues.Texts), null, ("AzureWebJobs:Texts:Disabled", "1")))
        {
        }

        Assert.Equal(1, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
        Assert.Equal(0, (await queue.PeekMessageAsync()).Value.DequeueCount);
    }

    [Fact]
    public async Task Stop_WhileAFunctionRuns_LetsItEndAndSettle()
    {
        var queue = await _queues.QueueAsync("slow");
        await queue.SendMessageAsync("patient");
        await using var host = await _queues.StartAsync(typeof(Slow));
        await Eventually.TrueAsync(() => _queues.Probe.Now == 1, "it runs");

        var stop = host.StopAsync();
        Assert.True(await Eventually.StaysOpenAsync(stop));
        _queues.Probe.Gate.SetResult();
        await stop;

        Assert.Equal(["patient"], _queues.Probe.Seen);
        Assert.Equal(0, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task Stop_FunctionOutlastsThePatience_IsCancelledAndItsMessageComesBack()
    {
        var queue = await _queues.QueueAsync("slow");
        await queue.SendMessageAsync("endless");
        await using var host = await _queues.StartAsync(typeof(Slow), drain: TimeSpan.FromMilliseconds(100));
        await Eventually.TrueAsync(() => _queues.Probe.Now == 1, "it runs");

        await host.StopAsync();

        Assert.Equal(0, _queues.Probe.Now);
        Assert.Empty(_queues.Probe.Seen);
        Assert.Equal(1, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    public sealed class Slow(Probe probe)
    {
        [Function("Slow")]
        public async Task Run([QueueTrigger("slow")] string message, CancellationToken cancellationToken)
        {
            await probe.PassAsync(cancellationToken);
            probe.Seen.Enqueue(message);
        }
    }
}
