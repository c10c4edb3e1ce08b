using Azure.Storage.Queues;
using Expansion.LocalHost.Azurite;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.LocalHost.Tests.Queues;

[Trait("Category", "Azurite")]
public sealed class StorageOutageTests : IDisposable
{
    private readonly string _location = Directory.CreateTempSubdirectory("azurite-").FullName;

    public void Dispose() => Directory.Delete(_location, recursive: true);

    [Fact]
    public async Task Storage_GoesAndComesBack_MessagesAreSettledOnceAndTheNextOnesRun()
    {
        var probe = new Probe();
        var azurite = await AzuriteProcess.StartAsync(new() { Location = _location });
        var ports = azurite.Ports;
        var connection = azurite.ConnectionString(AzuriteAccount.Development);
        var queue = new QueueClient(connection, "slow", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await queue.CreateAsync();
        await queue.SendMessageAsync("during");
        await using var host = await TestHost.StartAsync(connection, new() { Functions = [typeof(QueuePumpTests.Slow)], Services = services => services.AddSingleton(probe) });
        await Eventually.TrueAsync(() => probe.Now == 1, "it runs");

        await azurite.DisposeAsync();
        probe.Gate.SetResult();
        await Eventually.TrueAsync(() => host.Log.Lines.Any(line => line.Contains("could not be settled, trying again", StringComparison.Ordinal)), "the outage is noticed");
        await Eventually.TrueAsync(() => host.Log.Lines.Any(line => line.Contains("queue slow doesn't answer", StringComparison.Ordinal)), "the pump notices it too");
        await using var again = await AzuriteProcess.StartAsync(new() { Location = _location, Ports = ports });
        await queue.SendMessageAsync("after");
        await Eventually.TrueAsync(async () => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0, "both are settled", TimeSpan.FromSeconds(60));

        Assert.Equal(["during", "after"], probe.Seen);
    }
}
