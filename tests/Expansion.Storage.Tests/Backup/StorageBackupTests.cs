using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Expansion.Storage.Backup;
using Expansion.Testing;

namespace Expansion.Storage.Tests.Backup;

[Trait("Category", "Azurite")]
public sealed class StorageBackupTests(AzuriteFixture azurite) : IDisposable
{
    private static readonly TableEntity Row = new("shop|2026-01", "order\n1")
    {
        ["Text"] = "a:b \"ü\"",
        ["Empty"] = "",
        ["Flag"] = true,
        ["Small"] = -1,
        ["Large"] = long.MaxValue,
        ["Share"] = 0.1,
        ["Whole"] = 3.0,
        ["At"] = new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.Zero).AddTicks(1234567),
        ["Id"] = Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"),
        ["Bytes"] = new byte[] { 0, 255 },
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("expansion-backup-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void EntityLine_EveryTypeThatTablesHold_ComesBackWithItsType()
    {
        var read = EntityLine.Read(EntityLine.Write(Row));

        Assert.Equal(Row.Keys.Order(StringComparer.Ordinal), read.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Row.Select(value => value.Value), Row.Select(value => read[value.Key]));
        Assert.Equal(Row.Select(value => value.Value.GetType()), Row.Select(value => read[value.Key].GetType()));
    }

    [Fact]
    public async Task Restore_OfABackup_IsWhatWasThere()
    {
        var (tables, blobs) = (new TableServiceClient(azurite.NewAccount()), new BlobServiceClient(azurite.NewAccount()));
        await tables.CreateTableAsync("Orders");
        await tables.CreateTableAsync("Empty");
        foreach (var number in Enumerable.Range(0, 250))
        {
            await tables.GetTableClient("Orders").AddEntityAsync(new TableEntity($"shop{number % 3}", $"{number:000}") { ["N"] = number });
        }

        await blobs.CreateBlobContainerAsync("baskets");
        await blobs.CreateBlobContainerAsync("azure-webjobs-hosts");
        await blobs.GetBlobContainerClient("azure-webjobs-hosts").UploadBlobAsync("lock", BinaryData.FromString("theirs"));
        await blobs.GetBlobContainerClient("baskets").GetBlobClient("shop/2026 01.parquet").UploadAsync(BinaryData.FromString("columns"), new Azure.Storage.Blobs.Models.BlobUploadOptions { Metadata = new Dictionary<string, string> { ["version"] = "7" } });
        var log = blobs.GetBlobContainerClient("baskets").GetAppendBlobClient("log");
        await log.CreateAsync();
        await log.AppendBlockAsync(new MemoryStream("one\n"u8.ToArray()));
        var (newTables, newBlobs) = (new TableServiceClient(azurite.NewAccount()), new BlobServiceClient(azurite.NewAccount()));

        var saved = await new StorageBackup(tables, blobs).SaveAsync(_folder, default);
        var restored = await new StorageBackup(newTables, newBlobs).RestoreAsync(_folder, default);

        Assert.Equal(new(2, 250, 2), saved);
        Assert.Equal(saved, restored);
        Assert.Equal(Enumerable.Range(0, 250), (await newTables.GetTableClient("Orders").QueryAsync<TableEntity>().ToListAsync()).Select(row => row.GetInt32("N")!.Value).Order());
        Assert.Empty(await newTables.GetTableClient("Empty").QueryAsync<TableEntity>().ToListAsync());
        var baskets = newBlobs.GetBlobContainerClient("baskets");
        var parquet = await baskets.GetBlobClient("shop/2026 01.parquet").DownloadContentAsync();
        Assert.Equal(("columns", "7"), (parquet.Value.Content.ToString(), parquet.Value.Details.Metadata["version"]));
        await baskets.GetAppendBlobClient("log").AppendBlockAsync(new MemoryStream("two\n"u8.ToArray()));
        Assert.Equal("one\ntwo\n", Encoding.UTF8.GetString((await baskets.GetBlobClient("log").DownloadContentAsync()).Value.Content));
        Assert.False(await newBlobs.GetBlobContainerClient("azure-webjobs-hosts").ExistsAsync());
    }

    [Fact]
    public async Task Restore_WhereRowsAre_IsRefusedAndChangesNothing()
    {
        var (tables, blobs) = (new TableServiceClient(azurite.NewAccount()), new BlobServiceClient(azurite.NewAccount()));
        await tables.CreateTableAsync("Orders");
        await tables.GetTableClient("Orders").AddEntityAsync(new TableEntity("shop", "1"));
        var backup = new StorageBackup(tables, blobs);
        await backup.SaveAsync(_folder, default);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => backup.RestoreAsync(_folder, default));

        Assert.StartsWith("The table Orders holds rows", refusal.Message, StringComparison.Ordinal);
    }
}
