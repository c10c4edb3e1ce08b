using System.IO.Compression;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Expansion.Storage.Tables;

namespace Expansion.Storage.Backup;

/// <param name="Rows">Of all tables.</param>
public sealed record BackupSummary(int Tables, long Rows, long Blobs);

/// <summary>
/// All state in a folder and back: tables/NAME.jsonl.gz, and blobs.jsonl that names a file for each blob. Queues are not in it: a stopped app has none waiting
/// that matters, and a message that was taken has left its row. For an exact copy the app stands still meanwhile.
/// </summary>
public sealed class StorageBackup(TableServiceClient tables, BlobServiceClient blobs)
{
    private const string BlobList = "blobs.jsonl";

    public async Task<BackupSummary> SaveAsync(DirectoryInfo folder, CancellationToken cancellationToken)
    {
        var (count, rows) = (0, 0L);
        await foreach (var table in tables.QueryAsync(cancellationToken: cancellationToken))
        {
            count++;
            rows += await SaveAsync(table.Name, FileOf(folder, table.Name), cancellationToken);
        }

        return new(count, rows, await SaveBlobsAsync(folder, cancellationToken));
    }

    /// <exception cref="InvalidOperationException">There is something already where a table is to be restored.</exception>
    public async Task<BackupSummary> RestoreAsync(DirectoryInfo folder, CancellationToken cancellationToken)
    {
        var files = folder.CreateSubdirectory("tables").GetFiles("*.jsonl.gz");
        foreach (var name in files.Select(NameOf))
        {
            await tables.CreateTableIfNotExistsAsync(name, cancellationToken);
            if (await tables.GetTableClient(name).QueryAsync<TableEntity>(maxPerPage: 1, cancellationToken: cancellationToken).AnyAsync(cancellationToken))
            {
                throw new InvalidOperationException($"The table {name} holds rows: a backup is restored to storage without any, so that nothing of two times is mixed.");
            }
        }

        var rows = 0L;
        foreach (var file in files)
        {
            using var reader = new StreamReader(new GZipStream(file.OpenRead(), CompressionMode.Decompress));
            await new LazyTable(tables, NameOf(file)).WriteAsync(Lines(reader).Where(line => line.Length > 0).Select(line => new TableTransactionAction(TableTransactionActionType.UpsertReplace, EntityLine.Read(Counted(line)))), cancellationToken);
        }

        return new(files.Length, rows, await RestoreBlobsAsync(folder, cancellationToken));

        string Counted(string line)
        {
            rows++;
            return line;
        }
    }

    private async Task<long> SaveAsync(string table, FileInfo file, CancellationToken cancellationToken)
    {
        var rows = 0L;
        await using var writer = new StreamWriter(new GZipStream(file.Create(), CompressionLevel.Fastest));
        await foreach (var row in tables.GetTableClient(table).QueryAsync<TableEntity>(cancellationToken: cancellationToken))
        {
            await writer.WriteLineAsync(EntityLine.Write(row));
            rows++;
        }

        if (rows == 0)
        {
            // GZipStream leaves a file without an end when nothing was written.
            await writer.WriteLineAsync();
        }

        return rows;
    }

    private async Task<long> SaveBlobsAsync(DirectoryInfo folder, CancellationToken cancellationToken)
    {
        var (count, files) = (0L, folder.CreateSubdirectory("blobs"));
        await using var list = new StreamWriter(Path.Combine(folder.FullName, BlobList));
        await foreach (var container in blobs.GetBlobContainersAsync(cancellationToken: cancellationToken))
        {
            // The host's own locks and keys, and the app's packages, belong to a deployment.
            if (container.Name.StartsWith("azure-webjobs-", StringComparison.Ordinal) || container.Name == "app-package")
            {
                continue;
            }

            var client = blobs.GetBlobContainerClient(container.Name);
            await foreach (var blob in client.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }, cancellationToken))
            {
                var saved = new SavedBlob(container.Name, blob.Name, $"{++count}", blob.Properties.BlobType == BlobType.Append, new(blob.Metadata));
                await client.GetBlobClient(blob.Name).DownloadToAsync(Path.Combine(files.FullName, saved.File), cancellationToken);
                await list.WriteLineAsync(JsonSerializer.Serialize(saved));
            }
        }

        return count;
    }

    private async Task<long> RestoreBlobsAsync(DirectoryInfo folder, CancellationToken cancellationToken)
    {
        var count = 0L;
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(folder.FullName, BlobList), cancellationToken))
        {
            var saved = JsonSerializer.Deserialize<SavedBlob>(line) ?? throw new InvalidDataException($"{BlobList} has an empty line.");
            var container = blobs.GetBlobContainerClient(saved.Container);
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await using var content = File.OpenRead(Path.Combine(folder.FullName, "blobs", saved.File));
            if (saved.IsAppended)
            {
                await AppendAsync(container.GetAppendBlobClient(saved.Name), saved, content, cancellationToken);
            }
            else
            {
                await container.GetBlobClient(saved.Name).UploadAsync(content, new BlobUploadOptions { Metadata = saved.Metadata }, cancellationToken);
            }

            count++;
        }

        return count;
    }

    private static async Task AppendAsync(AppendBlobClient blob, SavedBlob saved, Stream content, CancellationToken cancellationToken)
    {
        await blob.CreateAsync(new AppendBlobCreateOptions { Metadata = saved.Metadata }, cancellationToken);
        var block = new byte[blob.AppendBlobMaxAppendBlockBytes];
        while (await content.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellationToken) is > 0 and var length)
        {
            await blob.AppendBlockAsync(new MemoryStream(block, 0, length), cancellationToken: cancellationToken);
        }
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static FileInfo FileOf(DirectoryInfo folder, string table) => new(Path.Combine(folder.CreateSubdirectory("tables").FullName, $"{table}.jsonl.gz"));

    private static string NameOf(FileInfo file) => file.Name[..^".jsonl.gz".Length];

    private sealed record SavedBlob(string Container, string Name, string File, bool IsAppended, Dictionary<string, string> Metadata);
}
