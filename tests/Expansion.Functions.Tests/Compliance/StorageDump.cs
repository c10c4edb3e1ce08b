using System.IO.Compression;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using DuckDB.NET.Data;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Functions.Tests.Compliance;

/// <summary>Everything an account holds, as text by where it is: every row, decompressed; every blob, Parquet by its values; every message.</summary>
internal static class StorageDump
{
    /// <returns>Where the text is found, in capitals or not.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(TestHost host, string text, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(host, cancellationToken)).Where(place => place.Text.Contains(text, StringComparison.OrdinalIgnoreCase)).Select(place => place.Where)];

    private static async Task<List<(string Where, string Text)>> ReadAsync(TestHost host, CancellationToken cancellationToken)
    {
        var places = new List<(string, string)>();
        var tables = host.Services.GetRequiredService<TableServiceClient>();
        await foreach (var table in tables.QueryAsync(cancellationToken: cancellationToken))
        {
            await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>(cancellationToken: cancellationToken))
            {
                places.Add(($"table {table.Name}: {row.PartitionKey}/{row.RowKey}", Text(row)));
            }
        }

        var blobs = host.Services.GetRequiredService<BlobServiceClient>();
        await foreach (var container in blobs.GetBlobContainersAsync(cancellationToken: cancellationToken))
        {
            // The test host's own: locks, timers and keys.
            var client = blobs.GetBlobContainerClient(container.Name);
            await foreach (var blob in client.GetBlobsAsync(cancellationToken: cancellationToken))
            {
                var content = (await client.GetBlobClient(blob.Name).DownloadContentAsync(cancellationToken)).Value.Content.ToArray();
                places.Add(($"blob {container.Name}/{blob.Name}", blob.Name + (blob.Name.EndsWith(".parquet", StringComparison.Ordinal) ? Parquet(content) : Encoding.UTF8.GetString(content))));
            }
        }

        var queues = host.Services.GetRequiredService<QueueServiceClient>();
        await foreach (var queue in queues.GetQueuesAsync(cancellationToken: cancellationToken))
        {
            foreach (var message in (await queues.GetQueueClient(queue.Name).PeekMessagesAsync(32, cancellationToken)).Value)
            {
                places.Add(($"queue {queue.Name}", message.Body.ToString()));
            }
        }

        return places;
    }

    private static string Text(TableEntity row)
    {
        var compressed = new MemoryStream();
        for (var part = 0; row.TryGetValue($"Json{part}", out var bytes); part++)
        {
            compressed.Write((byte[])bytes);
        }

        compressed.Position = 0;
        using var json = new StreamReader(compressed.Length == 0 ? Stream.Null : new BrotliStream(compressed, CompressionMode.Decompress));
        return $"{string.Join('\n', row.Select(property => $"{property.Key}={property.Value}"))}\n{json.ReadToEnd()}";
    }

    private static string Parquet(byte[] content)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, content);
            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM read_parquet('{file}')";
            using var reader = command.ExecuteReader();
            var text = new StringBuilder();
            while (reader.Read())
            {
                text.AppendJoin(' ', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)).Append('\n');
            }

            return text.ToString();
        }
        finally
        {
            File.Delete(file);
        }
    }
}
