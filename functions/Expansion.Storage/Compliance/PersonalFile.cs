using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Expansion.Engine;

namespace Expansion.Storage.Compliance;

/// <summary>A text file of a shop that people may be named in: of lines, a record each, or one record as a whole.</summary>
internal sealed class PersonalFile(BlobContainerClient container, string name)
{
    private static readonly string[] Extensions = [".jsonl", ".csv", ".json"];

    public string Container => container.Name;

    public string Name => $"{container.Name}/{name}";

    public static async IAsyncEnumerable<PersonalFile> ListAsync(BlobServiceClient blobs, ShopId shop, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in blobs.GetBlobContainersAsync(cancellationToken: cancellationToken))
        {
            var container = blobs.GetBlobContainerClient(item.Name);
            await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{shop}/", cancellationToken))
            {
                if (Extensions.Contains(Path.GetExtension(blob.Name)))
                {
                    yield return new(container, blob.Name);
                }
            }
        }
    }

    public async Task<string> ReadAsync(CancellationToken cancellationToken) =>
        (await container.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value.Content.ToString();

    public IEnumerable<JsonNode> Records(string text, PersonalMarks marks) =>
        Split(text).Where(record => IsMarked(record, marks)).Select(record => Path.GetExtension(name) == ".csv" ? JsonValue.Create(record) : JsonNode.Parse(record)!);

    /// <summary>
    /// The other lines go into a blob beside it first, and it is deleted only as it was read: a line that is added meanwhile isn't lost. Nobody finds a line by the name of its file.
    /// </summary>
    /// <returns>How many records went.</returns>
    public async Task<int> EraseAsync(PersonalMarks marks, CancellationToken cancellationToken)
    {
        var blob = container.GetBlobClient(name);
        while (true)
        {
            var read = (await blob.DownloadContentAsync(cancellationToken)).Value;
            var records = Split(read.Content.ToString());
            var kept = records.Where(record => !IsMarked(record, marks)).ToList();
            if (kept.Count == records.Count)
            {
                return 0;
            }

            var beside = container.GetBlobClient($"{Path.ChangeExtension(name, null)}-{Guid.NewGuid():N}{Path.GetExtension(name)}");
            if (kept.Count > 0)
            {
                await beside.UploadAsync(BinaryData.FromString(string.Concat(kept.Select(record => record + '\n'))), cancellationToken);
            }

            try
            {
                await blob.DeleteAsync(conditions: new BlobRequestConditions { IfMatch = read.Details.ETag }, cancellationToken: cancellationToken);
                return records.Count - kept.Count;
            }
            catch (RequestFailedException changed) when (changed.Status == 412)
            {
                await beside.DeleteIfExistsAsync(cancellationToken: cancellationToken);
            }
        }
    }

    private IReadOnlyList<string> Split(string text) => Path.GetExtension(name) == ".json" ? [text] : [.. text.Split('\n').Where(line => line.Length > 0)];

    private bool IsMarked(string record, PersonalMarks marks) => marks.IsIn(record) || (Path.GetExtension(name) != ".jsonl" && marks.IsInText(record));
}
