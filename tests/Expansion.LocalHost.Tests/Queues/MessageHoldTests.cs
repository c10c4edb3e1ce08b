using Azure;
using Azure.Storage.Queues;
using Expansion.LocalHost.Queues;
using Expansion.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Expansion.LocalHost.Tests.Queues;

[Trait("Category", "Azurite")]
public sealed class MessageHoldTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Hold_OfARunThatTakesLonger_IsRenewedEveryFiveMinutes()
    {
        var queue = new QueueClient(azurite.NewAccount(), "slow");
        await queue.CreateAsync();
        await queue.SendMessageAsync("slow");
        var message = (await queue.ReceiveMessageAsync(MessageHold.Invisibility)).Value;
        var time = new FakeTimeProvider();
        var hold = new MessageHold(queue, message, time, NullLogger.Instance);

        time.Advance(TimeSpan.FromMinutes(4.9));
        Assert.Equal(message.PopReceipt, hold.PopReceipt);
        time.Advance(TimeSpan.FromMinutes(0.1));
        await Eventually.TrueAsync(() => hold.PopReceipt != message.PopReceipt, "the first renewal");
        var first = hold.PopReceipt;
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMinutes(5));
                return hold.PopReceipt != first;
            },
            "the second renewal");
        await hold.DisposeAsync();

        Assert.Equal(400, (await Assert.ThrowsAsync<RequestFailedException>(() => queue.DeleteMessageAsync(message.MessageId, message.PopReceipt))).Status);
        await queue.DeleteMessageAsync(message.MessageId, hold.PopReceipt);
    }
}
