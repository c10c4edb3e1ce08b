using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Expansion.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.LocalHost.Tests.Queues;

[Trait("Category", "Azurite")]
public sealed class QueuePumpTests(AzuriteFixture azurite)
{
    public sealed record Payload(string ProductTitle, int Quantity);

    public sealed class Texts(Probe probe)
    {
        [Function("Texts")]
        public void Run([QueueTrigger("texts")] string message, long dequeueCount, string id) => probe.Seen.Enqueue($"{message} {dequeueCount} {id.Length}");
    }

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

    public sealed class Slow(Probe probe)
    {
        [Function("Slow")]
        public async Task Run([QueueTrigger("slow")] string message, CancellationToken cancellationToken)
        {
            await probe.PassAsync(cancellationToken);
            probe.Seen.Enqueue(message);
        }
    }

    private readonly Probe _probe = new();
    private readonly string _storage = azurite.NewAccount();

    private Task<TestHost> StartAsync(Type functions, TimeSpan? drain = null, params (string Name, string Value)[] settings) => TestHost.StartAsync(_storage, new()
    {
        Functions = [functions],
        Services = services => services.AddSingleton(_probe),
        Settings = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value),
        Drain = drain ?? TimeSpan.FromSeconds(30),
    });

    private async Task<QueueClient> QueueAsync(string name, QueueMessageEncoding encoding = QueueMessageEncoding.Base64)
    {
        var queue = new QueueClient(_storage, name, new QueueClientOptions { MessageEncoding = encoding });
        await queue.CreateIfNotExistsAsync();
        return queue;
    }

    private Task SeenAsync(int count) => Eventually.TrueAsync(() => _probe.Seen.Count >= count, $"{count} messages seen, and there are {_probe.Seen.Count}");

    private static Task EmptyAsync(QueueClient queue) =>
        Eventually.TrueAsync(async () => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0, $"{queue.Name} is empty");

    private static async Task<QueueMessage> ReceiveAsync(QueueClient queue)
    {
        QueueMessage? message = null;
        await Eventually.TrueAsync(async () => await queue.ExistsAsync() && (message = await queue.ReceiveMessageAsync()) is not null, $"a message in {queue.Name}");
        return message!;
    }

    [Fact]
    public async Task Message_OfText_RunsOnceAndIsDeleted()
    {
        var queue = await QueueAsync("texts");
        await queue.SendMessageAsync("héllo");
        await using var host = await StartAsync(typeof(Texts));

        await EmptyAsync(queue);

        Assert.Equal(["héllo 1 36"], _probe.Seen);
    }

    [Fact]
    public async Task Message_OfJson_IsBoundByTheOneConvention_AndTheQueuesNameComesFromASetting()
    {
        var queue = await QueueAsync("objects-here");
        await queue.SendMessageAsync("""{"product_title":"Mühle","quantity":3}""");
        await using var host = await StartAsync(typeof(Objects), null, ("ObjectQueue", "objects-here"));

        await EmptyAsync(queue);

        Assert.Equal(["3 Mühle"], _probe.Seen);
    }

    [Fact]
    public async Task Message_ForBinaryDataOrQueueMessage_IsBoundDecoded()
    {
        await (await QueueAsync("binary")).SendMessageAsync("a");
        await (await QueueAsync("whole")).SendMessageAsync("b");
        await using var host = await StartAsync(typeof(Raw));

        await SeenAsync(2);

        Assert.Equal(["binary a", "whole b 1"], _probe.Seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Message_ThatKeepsFailing_IsPoisonedAfterTheLastRun()
    {
        var queue = await QueueAsync("failing");
        var sent = (await queue.SendMessageAsync("bad")).Value;
        await using var host = await StartAsync(typeof(Failing), null, ("AzureFunctionsJobHost:extensions:queues:maxDequeueCount", "3"));

        var poison = await ReceiveAsync(await QueueAsync("failing-poison"));
        await EmptyAsync(queue);

        Assert.Equal(["bad 1", "bad 2", "bad 3"], _probe.Seen);
        Assert.Equal(("bad", 1), (poison.MessageText, poison.DequeueCount));
        Assert.NotEqual(sent.MessageId, poison.MessageId);
    }

    [Fact]
    public async Task Message_ThatIsNoJsonForItsParameter_FailsAndIsPoisoned()
    {
        await (await QueueAsync("objects")).SendMessageAsync("{");
        await using var host = await StartAsync(typeof(Objects), null, ("ObjectQueue", "objects"), ("AzureFunctionsJobHost:extensions:queues:maxDequeueCount", "2"));

        Assert.Equal("{", (await ReceiveAsync(await QueueAsync("objects-poison"))).MessageText);
        Assert.Equal(2, host.Log.Lines.Count(line => line.StartsWith("Error Function.Objects: Objects failed System.Text.Json.JsonException", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Message_ThatIsNoBase64_IsPoisonedAsItIsWithoutARun()
    {
        var queue = await QueueAsync("texts", QueueMessageEncoding.None);
        await queue.SendMessageAsync("not base64!");
        await using var host = await StartAsync(typeof(Texts));

        Assert.Equal("not base64!", (await ReceiveAsync(await QueueAsync("texts-poison", QueueMessageEncoding.None))).MessageText);
        await EmptyAsync(queue);
        Assert.Empty(_probe.Seen);
    }

    [Fact]
    public async Task Message_ReceivedMoreOftenThanTheLimit_IsPoisonedWithoutARun()
    {
        var queue = await QueueAsync("texts");
        await queue.SendMessageAsync("worn out");
        for (var times = 0; times < 5; times++)
        {
            await queue.ReceiveMessagesAsync(1, visibilityTimeout: TimeSpan.FromSeconds(1));
            await Eventually.TrueAsync(async () => (await queue.PeekMessageAsync()).Value is not null, "the message is visible again");
        }
        await using var host = await StartAsync(typeof(Texts));

        Assert.Equal("worn out", (await ReceiveAsync(await QueueAsync("texts-poison"))).MessageText);
        Assert.Empty(_probe.Seen);
    }

    [Fact]
    public async Task Message_ThatFailed_ComesBackAfterTheVisibilityTimeout()
    {
        await (await QueueAsync("failing")).SendMessageAsync("bad");
        await using var host = await StartAsync(typeof(Failing), null, ("AzureFunctionsJobHost:extensions:queues:visibilityTimeout", "00:00:02"));

        await SeenAsync(2);

        var times = _probe.Times.ToArray();
        Assert.InRange(times[1] - times[0], TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Messages_OnAPoisonQueueThatFail_HaveNoPoisonQueue()
    {
        await (await QueueAsync("old-poison")).SendMessageAsync("bad");
        await using var host = await StartAsync(typeof(OnPoison), null, ("AzureFunctionsJobHost:extensions:queues:maxDequeueCount", "1"));

        await Eventually.TrueAsync(() => host.Log.Lines.Any(line => line.Contains("old-poison has no poison queue", StringComparison.Ordinal)), "the log says so");

        Assert.Equal(["old-poison"], await new QueueServiceClient(_storage).GetQueuesAsync().Select(queue => queue.Name).ToListAsync());
    }

    public sealed class OnPoison
    {
        [Function("OnPoison")]
        public static void Run([QueueTrigger("old-poison")] string message) => throw new InvalidOperationException(message);
    }

    [Fact]
    public async Task Messages_ThatRunLong_AreAtMostABatchAndTheThreshold()
    {
        var queue = await QueueAsync("slow");
        await Task.WhenAll(Enumerable.Range(0, 12).Select(number => queue.SendMessageAsync($"{number}")));
        await using var host = await StartAsync(
            typeof(Slow), null, ("AzureFunctionsJobHost:extensions:queues:batchSize", "3"), ("AzureFunctionsJobHost:extensions:queues:newBatchThreshold", "2"));

        // One batch leaves three running, which is over the threshold: the next waits until two are left.
        await Eventually.TrueAsync(() => _probe.Now == 3, "a batch runs");
        _probe.Gate.SetResult();
        await EmptyAsync(queue);

        Assert.Equal(12, _probe.Seen.Distinct().Count());
        Assert.InRange(_probe.Most, 3, 5);
    }

    [Fact]
    public async Task Messages_WithinTheThreshold_LetTheNextBatchIn()
    {
        var queue = await QueueAsync("slow");
        await Task.WhenAll(Enumerable.Range(0, 12).Select(number => queue.SendMessageAsync($"{number}")));
        await using var host = await StartAsync(
            typeof(Slow), null, ("AzureFunctionsJobHost:extensions:queues:batchSize", "2"), ("AzureFunctionsJobHost:extensions:queues:newBatchThreshold", "3"));

        // 2 and 4 are received; 4 is over the threshold of 3.
        await Eventually.TrueAsync(() => _probe.Now == 4, "two batches run");
        _probe.Gate.SetResult();
        await EmptyAsync(queue);

        Assert.InRange(_probe.Most, 4, 5);
    }

    [Fact]
    public async Task Start_QueueIsMissing_CreatesIt()
    {
        await using var host = await StartAsync(typeof(Texts));

        await Eventually.TrueAsync(async () => await new QueueClient(_storage, "texts").ExistsAsync(), "the queue exists");
    }

    [Fact]
    public async Task Start_FunctionDisabled_LeavesItsMessages()
    {
        var queue = await QueueAsync("texts");
        await queue.SendMessageAsync("later");
        await using (await StartAsync(typeof(Texts), null, ("AzureWebJobs:Texts:Disabled", "1")))
        {
        }

        Assert.Equal(1, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
        Assert.Equal(0, (await queue.PeekMessageAsync()).Value.DequeueCount);
    }

    [Fact]
    public async Task Stop_WhileAFunctionRuns_LetsItEndAndSettle()
    {
        var queue = await QueueAsync("slow");
        await queue.SendMessageAsync("patient");
        await using var host = await StartAsync(typeof(Slow));
        await Eventually.TrueAsync(() => _probe.Now == 1, "it runs");

        var stop = host.StopAsync();
        Assert.True(await Eventually.StaysOpenAsync(stop));
        _probe.Gate.SetResult();
        await stop;

        Assert.Equal(["patient"], _probe.Seen);
        Assert.Equal(0, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task Stop_FunctionOutlastsThePatience_IsCancelledAndItsMessageComesBack()
    {
        var queue = await QueueAsync("slow");
        await queue.SendMessageAsync("endless");
        await using var host = await StartAsync(typeof(Slow), drain: TimeSpan.FromMilliseconds(100));
        await Eventually.TrueAsync(() => _probe.Now == 1, "it runs");

        await host.StopAsync();

        Assert.Equal(0, _probe.Now);
        Assert.Empty(_probe.Seen);
        Assert.Equal(1, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task Encoding_SetToNone_TakesTheTextAsItIs()
    {
        await (await QueueAsync("texts", QueueMessageEncoding.None)).SendMessageAsync("plain text!");
        await using var host = await StartAsync(typeof(Texts), null, ("AzureFunctionsJobHost:extensions:queues:messageEncoding", "none"));

        await SeenAsync(1);

        Assert.Equal(["plain text! 1 36"], _probe.Seen);
    }
}
