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

/// <summary>
/// Append blobs signals/{shop}/{day}/{hour}-{part}.jsonl, by the hour of arrival. A blob takes 50,000 appends, hence the parts. What comes while an append is under way goes together in the
/// next: no more than a host works on at once, some 24 messages, which is far below the 4 MiB that an append takes.
/// </summary>
internal sealed class SignalLog : ISignalLog
{
    private const int Parts = 8;

    private readonly LazyContainer _signals;
    private readonly GroupWrites<string, IReadOnlyList<Signal>> _appends;

    public SignalLog(BlobServiceClient blobs) => (_signals, _appends) = (new(blobs, "signals"), new(WriteAsync));

    public Task AppendAsync(ShopId shop, IReadOnlyList<Signal> signals, DateTimeOffset arrivedAt, CancellationToken cancellationToken) =>
        _appends.AddAsync(Hour(shop, arrivedAt), signals, cancellationToken);

    private async Task WriteAsync(string hour, IReadOnlyList<IReadOnlyList<Signal>> signals)
    {
        using var lines = new MemoryStream();
        foreach (var signal in signals.SelectMany(some => some))
        {
            JsonSerializer.Serialize(lines, signal, ExpansionJson.Options);
            lines.WriteByte((byte)'\n');
        }

        var container = await _signals.OpenAsync(CancellationToken.None);
        var blob = container.GetAppendBlobClient($"{hour}-{Random.Shared.Next(Parts)}.jsonl");
        try
        {
            await AppendAsync();
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            await blob.CreateIfNotExistsAsync();
            await AppendAsync();
        }

        Task AppendAsync()
        {
            lines.Position = 0;
            return blob.AppendBlockAsync(lines);
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
