using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Storage.Queues;
using Expansion.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using static Expansion.Storage.Tests.Given;

namespace Expansion.Storage.Tests.Queues;

[Trait("Category", "Azurite")]
public sealed class InboxTests
{
    private readonly QueueClient _queue;
    private readonly BlobContainerClient _payloads;
    private readonly MessageQueue _messages;
    private readonly Inbox _inbox;

    public InboxTests(AzuriteFixture azurite)
    {
        var account = azurite.NewAccount();
        var service = new QueueServiceClient(account, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        _queue = service.GetQueueClient(OrderReceived.Queue);
        _payloads = new BlobContainerClient(account, "payloads");
        _messages = new MessageQueue(service);
        _inbox = new Inbox(_messages, new BlobServiceClient(account), NullLogger<Inbox>.Instance);
    }

    [Fact]
    public async Task SendAsync_SmallOrder_TravelsInTheMessage()
    {
        await _inbox.SendAsync(new OrderReceived(Shop) { Order = Order() }, default);

        var message = await ReceiveAsync();
        Assert.Null(message.Payload);
        Assert.Same(message, await _inbox.OpenAsync(message, default));
        Assert.Equal(Order().Lines, message.Order?.Lines);
        await _inbox.DoneAsync(message, default);
    }

    [Fact]
    public async Task SendAsync_LargeOrder_TravelsAsABlobThatIsGoneWhenDone()
    {
        var order = Order("big", 0, [.. Enumerable.Range(0, 10_000).Select(number => Line($"SKU {number} ☕"))]);
        await _inbox.SendAsync(new OrderReceived(Shop) { Order = order }, default);

        var message = await ReceiveAsync();
        Assert.Null(message.Order);
        Assert.Equal(order.Lines, (await _inbox.OpenAsync(message, default))?.Order?.Lines);

        await _inbox.DoneAsync(message, default);
        await _inbox.DoneAsync(message, default);
        Assert.Empty(await _payloads.GetBlobsAsync(cancellationToken: default).ToListAsync());
    }

    [Fact]
    public async Task OpenAsync_MessageThatComesAgainAfterItWasDone_IsNull()
    {
        await _inbox.SendAsync(new OrderReceived(Shop) { Order = Order("big", 0, [.. Enumerable.Range(0, 10_000).Select(number => Line($"SKU {number}"))]) }, default);
        var message = await ReceiveAsync();
        await _inbox.DoneAsync(message, default);

        Assert.Null(await _inbox.OpenAsync(message, default));
    }

    [Theory]
    [InlineData(MessageQueue.MaxBytes, true)]
    [InlineData(MessageQueue.MaxBytes + 1, false)]
    public async Task SendAsync_FortyEightKibibytes_AreTheMost(int bytes, bool taken)
    {
        var sending = _messages.SendAsync(OrderReceived.Queue, new string('x', bytes - 2), default);

        if (taken)
        {
            await sending;
            Assert.Equal(bytes, (await _queue.ReceiveMessageAsync()).Value.Body.ToMemory().Length);
        }
        else
        {
            await Assert.ThrowsAsync<ArgumentException>(() => sending);
        }
    }

    private async Task<OrderReceived> ReceiveAsync() =>
        JsonSerializer.Deserialize<OrderReceived>((await _queue.ReceiveMessageAsync()).Value.Body, ExpansionJson.Options)!;
}
