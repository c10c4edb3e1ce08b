using System.Diagnostics;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Expansion.LocalHost.Azurite;

namespace Expansion.LocalHost.Tests.Azurite;

[Trait("Category", "Azurite")]
public sealed class AzuriteProcessTests : IDisposable
{
    private readonly string _location = Directory.CreateTempSubdirectory("azurite-").FullName;

    public void Dispose() => Directory.Delete(_location, recursive: true);

    [Fact]
    public async Task StartAsync_AfterAStopOnTheSameFolderAndPorts_HoldsWhatWasThere()
    {
        AzuritePorts ports;
        await using (var first = await AzuriteProcess.StartAsync(new() { Location = _location }))
        {
            ports = first.Ports;
            var connection = first.ConnectionString(AzuriteAccount.Development);
            await new TableServiceClient(connection).CreateTableAsync("Orders");
            await new TableClient(connection, "Orders").AddEntityAsync(new TableEntity("shop", "1001") { ["total"] = 12L });
            var queue = new QueueClient(connection, "orders");
            await queue.CreateAsync();
            await queue.SendMessageAsync("order 1001");
            var blobs = new BlobContainerClient(connection, "baskets");
            await blobs.CreateAsync();
            await blobs.UploadBlobAsync("2024-01", BinaryData.FromString("a,b"));
        }

        await using var second = await AzuriteProcess.StartAsync(new() { Location = _location, Ports = ports });

        Assert.Equal(ports, second.Ports);
        var account = second.ConnectionString(AzuriteAccount.Development);
        Assert.Equal(12L, (await new TableClient(account, "Orders").GetEntityAsync<TableEntity>("shop", "1001")).Value["total"]);
        Assert.Equal("order 1001", (await new QueueClient(account, "orders").PeekMessageAsync()).Value.MessageText);
        Assert.Equal("a,b", (await new BlobClient(account, "baskets", "2024-01").DownloadContentAsync()).Value.Content.ToString());
    }

    [Fact]
    public async Task StartAsync_PortTaken_SaysWhich()
    {
        await using var first = await AzuriteProcess.StartAsync(new());

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => AzuriteProcess.StartAsync(new() { Ports = first.Ports }));

        Assert.Contains($"EADDRINUSE: address already in use 127.0.0.1:{first.Ports.Blob}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ParentKilled_AzuriteSavesItsStateAndEnds()
    {
        var script = Path.Combine(RepositoryRoot.Find(), "functions", "Expansion.LocalHost", "Azurite", "start.js");
        using var parent = Process.Start(new ProcessStartInfo("node", ["-e", Parent, script, _location]) { RedirectStandardOutput = true })!;
        var (blob, queue, table) = (await ReadPortAsync(parent), await ReadPortAsync(parent), await ReadPortAsync(parent));
        var azurite = DevelopmentStorageTests.ConnectionString(new(blob, queue, table));
        await new TableServiceClient(azurite).CreateTableAsync("Orders");

        parent.Kill();

        // Azurite has the parent's standard output, which ends when the last process that holds it has ended.
        var rest = await parent.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains("Azurite Table service successfully closed", rest, StringComparison.Ordinal);
        Assert.Contains("Orders", await File.ReadAllTextAsync(Path.Combine(_location, "__azurite_db_table__.json")), StringComparison.Ordinal);
    }

    private const string Parent = """
        const [script, location] = process.argv.slice(1);
        const ports = ['--blobPort', '0', '--queuePort', '0', '--tablePort', '0'];
        require('child_process').spawn(process.execPath, [script, '--location', location, ...ports, '--skipApiVersionCheck', '--disableTelemetry', '--silent'],
          { stdio: ['pipe', 'inherit', 'inherit'] });
        """;

    private static async Task<int> ReadPortAsync(Process parent)
    {
        while (await parent.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
        {
            if (line.Contains("successfully listening", StringComparison.Ordinal))
            {
                return new Uri(line[line.IndexOf("http:", StringComparison.Ordinal)..]).Port;
            }
        }
        throw new InvalidOperationException("Azurite ended before it listened.");
    }
}
