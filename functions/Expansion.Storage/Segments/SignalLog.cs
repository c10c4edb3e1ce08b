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
/// next; each caller waits for the one that its signals are in.
/// </summary>
internal sealed class SignalLog(BlobServiceClient blobs) : ISignalLog
{
    private const int Parts = 8;

    /// <summary>An append takes 4 MiB; more than this waits for the next.</summary>
    private const int MaxBytes = 1024 * 1024;

    private readonly LazyContainer _signals = new(blobs, "signals");
    private readonly Dictionary<string, Append> _open = [];

    /// <summary>The last append of some shops each, so that one that storage is slow with holds up few others.</summary>
    private readonly Task[] _last = [.. Enumerable.Repeat(Task.CompletedTask, 16)];

    public Task AppendAsync(ShopId shop, IReadOnlyList<Signal> signals, DateTimeOffset arrivedAt, CancellationToken cancellationToken)
    {
        var hour = Hour(shop, arrivedAt);
        lock (_open)
        {
            if (!_open.TryGetValue(hour, out var append) || append.Lines.Length > MaxBytes)
            {
                _open[hour] = append = new();
                var turn = (uint)hour.GetHashCode(StringComparison.Ordinal) % _last.Length;
                append.Written = _last[turn] = WriteAsync(hour, append, _last[turn]);
            }

            foreach (var signal in signals)
            {
                JsonSerializer.Serialize(append.Lines, signal, ExpansionJson.Options);
                append.Lines.WriteByte((byte)'\n');
            }

            return append.Written.WaitAsync(cancellationToken);
        }
    }

    /// <param name="before">One append after the other; whether that one succeeded is its own callers' matter.</param>
    private async Task WriteAsync(string hour, Append append, Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_open)
        {
            if (_open.GetValueOrDefault(hour) == append)
            {
                _open.Remove(hour);
            }
        }

        var container = await _signals.OpenAsync(CancellationToken.None);
        await WriteAsync(container.GetAppendBlobClient($"{hour}-{Random.Shared.Next(Parts)}.jsonl"), append.Lines);
    }

    private static async Task WriteAsync(AppendBlobClient blob, MemoryStream lines)
    {
        lines.Position = 0;
        try
        {
            await blob.AppendBlockAsync(lines);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            await blob.CreateIfNotExistsAsync();
            lines.Position = 0;
            await blob.AppendBlockAsync(lines);
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

    private sealed class Append
    {
        public MemoryStream Lines { get; } = new();

        public Task Written { get; set; } = Task.CompletedTask;
    }
}
