using Azure.Storage.Queues;
using Expansion.Testing;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.LocalHost.Tests.Queues;

/// <summary>What becomes of a message that fails, or can't be read.</summary>
[Trait("Category", "Azurite")]
public sealed class QueuePoisonTests(AzuriteFixture azurite)
{
    private readonly PumpedQueues _queues = new(azurite.NewAccount());

    [Fact]
    public async Task Message_ThatKeepsFailing_IsPoisonedAfterTheLastRun()
    {
        var queue = await _queues.QueueAsync("failing");
        var sent = (await queue.SendMessageAsync("bad")).Value;
        await using var host = await _queues.StartAsync(typeof(Failing), null, ("AzureFunctionsJobHost:extensions:queues:maxDequeueCount", "3"));

        var poison = await PumpedQueues.ReceiveAsync(await _queues.QueueAsync("failing-poison"));
        await PumpedQueues.EmptyAsync(queue);

        Assert.Equal(["bad 1", "bad 2", "bad 3"], _queues.Probe.Seen);
        Assert.Equal(("bad", 1), (poison.MessageText, poison.DequeueCount));
        Assert.NotEqual(sent.MessageId, poison.MessageId);
    }

    [Fact]
    public async Task Message_ThatIsNoJsonForItsParameter_FailsAndIsPoisoned()
    {
        await (await _queues.QueueAsync("objects")).SendMessageAsync("{");
        await using var host = await _queues.StartAsync(typeof(QueueBindingTests.Objects), null, ("ObjectQueue", "objects"), ("AzureFunctionsJobHost:extensions:queues:maxDequeueCount", "2"));

        Assert.Equal("{", (await PumpedQueues.ReceiveAsync(await _queues.QueueAsync("objects-poison"))).MessageText);
        Assert.Equal(2, host.Log.Lines.Count(line => line.StartsWith("Error Function.Objects: Objects failed System.Text.Json.JsonException", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Message_ThatIsNoBase64_IsPoisonedAsItIsWithoutARun()
    {
        var queue = await _queues.QueueAsync("texts", QueueMessageEncoding.None);
        await queue.SendMessageAsync("not base64!");
        await using var host = await _queues.StartAsync(typeof(PumpedQueues.Texts));

        Assert.Equal("not base64!", (await PumpedQueues.ReceiveAsync(await _queues.QueueAsync("texts-poison", QueueMessageEncoding.None))).MessageText);
        await PumpedQueues.EmptyAsync(queue);
        Assert.Empty(_queues.Probe.Seen);
    }

    [Fact]
    public async Task Message_ReceivedMoreOftenThanTheLimit_IsPoisonedWithoutARun()
    {
        var queue = await _queues.QueueAsync("texts");
        await queue.SendMessageAsync("worn out");
        for (var times = 0; times < 5; times++)
        {
            await queue.ReceiveMessagesAsync(1, visibilityTimeout: TimeSpan.FromSeconds(1));
            await Eventually.TrueAsync(async () => (await queue.PeekMessageAsync()).Value is not null, "the message is visible again");
        }
        await using var host = await _queues.StartAsync(typeof(PumpedQueues.Texts));

        Assert.Equal("worn out", (await PumpedQueues.ReceiveAsync(await _queues.QueueAsync("texts-poison"))).MessageText);
        Assert.Empty(_queues.Probe.Seen);
    }

    [Fact]
    public async Task Message_ThatFailed_ComesBackAfterTheVisibilityTimeout()
    {
        await (await _queues.QueueAsync("failing")).SendMessageAsync("bad");
        await using var host = await _queues.StartAsync(typeof(Failing), null, ("AzureFunctionsJobHost:extensions:queues:visibilityTimeout", "00:00:02"));

        await _queues.SeenAsync(2);

        var times = _queues.Probe.Times.ToArray();
        Assert.InRange(times[1] - times[0], TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Messages_OnAPoisonQueueThatFail_HaveNoPoisonQueue()
    {
        await (await _queues.QueueAsync("old-poison")).SendMessageAsync("bad");
        await using var host = await _queues.StartAsync(typeof(OnPoison), null, ("AzureFunctionsJobHost:extensions:queues:maxDequeueCount", "1"));

        await Eventually.TrueAsync(() => host.Log.Lines.Any(line => line.Contains("old-poison has no poison queue", StringComparison.Ordinal)), "the log says so");

        Assert.Equal(["old-poison"], await new QueueServiceClient(_queues.Storage).GetQueuesAsync().Select(queue => queue.Name).ToListAsync());
    }

    public sealed class Failing(Probe probe)
    {
        [Function("Failing")]
        public void Run([QueueTrigger("failing")] string message, long dequeueCount)
        {
            probe.Seen.Enqueue($"{message} {dequeueCount}");
            probe.Times.Enqueue(TimeProvider.System.GetUtcNow());
            throw new InvalidOperationException("No.");
        }
    }

    public sealed class OnPoison
    {
        [Function("OnPoison")]
        public static void Run([QueueTrigger("old-poison")] string message) => throw new InvalidOperationException(message);
    }
}
