using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Expansion.Testing;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.LocalHost.Tests.Queues;

/// <summary>What a message is to the function that takes it.</summary>
[Trait("Category", "Azurite")]
public sealed class QueueBindingTests(AzuriteFixture azurite)
{
    private readonly PumpedQueues _queues = new(azurite.NewAccount());

    [Fact]
    public async Task Message_OfText_RunsOnceAndIsDeleted()
    {
        var queue = await _queues.QueueAsync("texts");
        await queue.SendMessageAsync("héllo");
        await using var host = await _queues.StartAsync(typeof(PumpedQueues.Texts));

        await PumpedQueues.EmptyAsync(queue);

        Assert.Equal(["héllo 1 36"], _queues.Probe.Seen);
    }

    [Fact]
    public async Task Message_OfJson_IsBoundByTheOneConvention_AndTheQueuesNameComesFromASetting()
    {
        var queue = await _queues.QueueAsync("objects-here");
        await queue.SendMessageAsync("""{"product_title":"Mühle","quantity":3}""");
        await using var host = await _queues.StartAsync(typeof(Objects), null, ("ObjectQueue", "objects-here"));

        await PumpedQueues.EmptyAsync(queue);

        Assert.Equal(["3 Mühle"], _queues.Probe.Seen);
    }

    [Fact]
    public async Task Message_ForBinaryDataOrQueueMessage_IsBoundDecoded()
    {
        await (await _queues.QueueAsync("binary")).SendMessageAsync("a");
        await (await _queues.QueueAsync("whole")).SendMessageAsync("b");
        await using var host = await _queues.StartAsync(typeof(Raw));

        await _queues.SeenAsync(2);

        Assert.Equal(["binary a", "whole b 1"], _queues.Probe.Seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Encoding_SetToNone_TakesTheTextAsItIs()
    {
        await (await _queues.QueueAsync("texts", QueueMessageEncoding.None)).SendMessageAsync("plain text!");
        await using var host = await _queues.StartAsync(typeof(PumpedQueues.Texts), null, ("AzureFunctionsJobHost:extensions:queues:messageEncoding", "none"));

        await _queues.SeenAsync(1);

        Assert.Equal(["plain text! 1 36"], _queues.Probe.Seen);
    }

    public sealed record Payload(string ProductTitle, int Quantity);

    public sealed class Objects(Probe probe)
    {
        [Function("Objects")]
        public Task Run([QueueTrigger("%ObjectQueue%")] Payload message)
        {
            probe.Seen.Enqueue($"{message.Quantity} {message.ProductTitle}");
            return Task.CompletedTask;
        }
    }

    public sealed class Raw(Probe probe)
    {
        [Function("Binary")]
        public void Binary([QueueTrigger("binary")] BinaryData message) => probe.Seen.Enqueue($"binary {message}");

        [Function("Whole")]
        public void Whole([QueueTrigger("whole")] QueueMessage message) => probe.Seen.Enqueue($"whole {message.Body} {message.DequeueCount}");
    }
}
