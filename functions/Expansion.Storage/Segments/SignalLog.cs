using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Expansion.Engine;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Storage.Segments;

/// <summary>Append blobs signals/{shop}/{day}/{hour}-{part}.jsonl, by the hour of arrival. A blob takes 50,000 appends, hence the parts.</summary>
internal sealed class SignalLog(BlobServiceClient blobs) : ISignalLog
{
    private const int Parts = 8;

    private readonly LazyContainer _signals = new(blobs, "signals");

    public async Task AppendAsync(ShopId shop, IReadOnlyList<Signal> signals, DateTimeOffset arrivedAt, CancellationToken cancellationToken)
    {
        using var lines = new MemoryStream();
        foreach (var signal in signals)
        {
            JsonSerializer.Serialize(lines, signal, ExpansionJson.Options);
            lines.WriteByte((byte)'\n');
        }

        var container = await _signals.OpenAsync(cancellationToken);
        var blob = container.GetAppendBlobClient($"{Hour(shop, arrivedAt)}-{Random.Shared.Next(Parts)}.jsonl");
        try
        {
            await AppendAsync();
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            await blob.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await AppendAsync();
        }

        Task AppendAsync()
        {
            lines.Position = 0;
            return blob.AppendBlockAsync(lines, cancellationToken: cancellationToken);
        }
    }

    public async IAsyncEnumerable<Signal> ReadAsync(ShopId shop, DateTimeOffset from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var container = await _signals.OpenAsync(cancellationToken);
        var (first, last) = (Hour(shop, from), Hour(shop, until) + "~");
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{shop}/", cancellationToken))
        {
            if (string.CompareOrdinal(blob.Name, first) < 0 || string.CompareOrdinal(blob.Name, last) > 0)
            {
                continue;
            }

            // The hour that is now grows while it is read.
            using var reader = new StreamReader(await container.GetBlobClient(blob.Name).OpenReadAsync(new BlobOpenReadOptions(allowModifications: true), cancellationToken));
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                yield return JsonSerializer.Deserialize<Signal>(line, ExpansionJson.Options) ?? throw new InvalidOperationException($"A line of {blob.Name} is empty.");
            }
        }
    }

    private static string Hour(ShopId shop, DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{shop}/{at.UtcDateTime:yyyy-MM-dd}/{at.UtcDateTime:HH}");
}
