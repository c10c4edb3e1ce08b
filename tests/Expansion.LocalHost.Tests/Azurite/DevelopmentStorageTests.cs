using System.Net;
using System.Net.Sockets;
using Azure.Storage.Queues;
using Expansion.LocalHost.Azurite;

namespace Expansion.LocalHost.Tests.Azurite;

[Trait("Category", "Azurite")]
public sealed class DevelopmentStorageTests : IDisposable
{
    private readonly string _location = Directory.CreateTempSubdirectory("azurite-").FullName;

    public void Dispose() => Directory.Delete(_location, recursive: true);

    [Fact]
    public void Find_UseDevelopmentStorage_IsTheEmulatorsPortsAndAccount() =>
        Assert.Equal((AzuritePorts.Default, AzuriteAccount.Development), DevelopmentStorage.Find("UseDevelopmentStorage=true"));

    [Fact]
    public void Find_LoopbackEndpoints_IsTheirPortsAndTheAccount()
    {
        var connection = "DefaultEndpointsProtocol=http;AccountName=shop1;AccountKey=dGVzdA==;BlobEndpoint=http://127.0.0.1:41/shop1;QueueEndpoint=http://localhost:42/shop1;TableEndpoint=http://127.0.0.1:43/shop1;";

        Assert.Equal((new AzuritePorts(41, 42, 43), new AzuriteAccount("shop1", "dGVzdA==")), DevelopmentStorage.Find(connection));
    }

    [Fact]
    public async Task EnsureAsync_AccountInAzure_StartsNothing() =>
        Assert.Null(await DevelopmentStorage.EnsureAsync("DefaultEndpointsProtocol=https;AccountName=expansion;AccountKey=dGVzdA==;EndpointSuffix=core.windows.net", _location));

    [Fact]
    public async Task EnsureAsync_NothingListens_StartsItThereOnce()
    {
        var connection = ConnectionString(FreePorts());

        await using var started = await DevelopmentStorage.EnsureAsync(connection, _location);
        await using var again = await DevelopmentStorage.EnsureAsync(connection, _location);

        Assert.NotNull(started);
        Assert.Null(again);
        await new QueueClient(connection, "orders").CreateAsync();
    }

    [Fact]
    public async Task EnsureAsync_SomethingElseListensOnOnePort_SaysWhichPort()
    {
        var ports = FreePorts();
        using var other = new TcpListener(IPAddress.Loopback, ports.Queue);
        other.Start();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => DevelopmentStorage.EnsureAsync(ConnectionString(ports), _location));

        Assert.Contains($"something else listens on {ports.Queue}.", refused.Message, StringComparison.Ordinal);
    }

    internal static string ConnectionString(AzuritePorts ports)
    {
        var (name, key) = AzuriteAccount.Development;
        return $"AccountName={name};AccountKey={key};BlobEndpoint=http://127.0.0.1:{ports.Blob}/{name};QueueEndpoint=http://127.0.0.1:{ports.Queue}/{name};TableEndpoint=http://127.0.0.1:{ports.Table}/{name};";
    }

    private static AzuritePorts FreePorts()
    {
        TcpListener[] listeners = [new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0)];
        Array.ForEach(listeners, listener => listener.Start());
        var ports = Array.ConvertAll(listeners, listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        Array.ForEach(listeners, listener => listener.Dispose());
        return new(ports[0], ports[1], ports[2]);
    }
}
