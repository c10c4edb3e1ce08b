using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Expansion.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.LocalHost.Tests.Queues;

/// <summary>One test's queues, and hosts that take from them.</summary>
public sealed class PumpedQueues(string storage)
{
    public string Storage => storage;

    public Probe Probe { get; } = new();

    public Task<TestHost> StartAsync(Type functions, TimeSpan? drain = null, params (string Name, string Value)[] settings) => TestHost.StartAsync(storage, new()
    {
        Functions = [functions],
        Services = services => services.AddSingleton(Probe),
        Settings = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value),
        Drain = drain ?? TimeSpan.FromSeconds(30),
    });

    public async Task<QueueClient> QueueAsync(string name, QueueMessageEncoding encoding = QueueMessageEncoding.Base64)
    {
        var queue = new QueueClient(storage, name, new QueueClientOptions { MessageEncoding = encoding });
        await queue.CreateIfNotExistsAsync();
        return queue;
    }

    public Task SeenAsync(int count) => Eventually.TrueAsync(() => Probe.Seen.Count >= count, $"{count} messages seen, and there are {Probe.Seen.Count}");

    public static Task EmptyAsync(QueueClient queue) =>
        Eventually.TrueAsync(async () => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0, $"{queue.Name} is empty");

    public static async Task<QueueMessage> ReceiveAsync(QueueClient queue)
    {
        QueueMessage? message = null;
        await Eventually.TrueAsync(async () => await queue.ExistsAsync() && (message = await queue.ReceiveMessageAsync()) is not null, $"a message in {queue.Name}");
        return message!;
    }

    public sealed class Texts(Probe probe)
    {
        [Function("Texts")]
        public void Run([QueueTrigger("texts")] string message, long dequeueCount, string id) => probe.Seen.Enqueue($"{message} {dequeueCount} {id.Length}");
    }
}
