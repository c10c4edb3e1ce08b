using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Expansion.Engine;
using Expansion.Engine.Compliance;

namespace Expansion.Storage.Compliance;

/// <summary>
/// Blobs receipts/{hash of the shop}/{time}-{task}-{subject}.json, which outlive the shop, and exports/{shop}/{id}.json, which don't. Serves "what was carried out, and when"
/// and "give me what was exported".
/// </summary>
internal sealed class ComplianceFiles(BlobServiceClient blobs) : IComplianceFiles
{
    private readonly LazyContainer _receipts = new(blobs, "receipts");
    private readonly LazyContainer _exports = new(blobs, "exports");

    public async Task SaveAsync(ShopId shop, ComplianceReceipt receipt, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Folder(shop)}{receipt.At.UtcDateTime:yyyyMMddTHHmmssfff}-{ExpansionJson.Word(receipt.Task)}-{receipt.Subject[..16]}.json");
        var json = JsonSerializer.SerializeToUtf8Bytes(receipt, ExpansionJson.Options);
        await (await _receipts.OpenAsync(cancellationToken)).GetBlobClient(name).UploadAsync(BinaryData.FromBytes(json), overwrite: true, cancellationToken);
    }

    public async Task<IReadOnlyList<ComplianceReceipt>> ReceiptsAsync(ShopId shop, CancellationToken cancellationToken)
    {
        var container = await _receipts.OpenAsync(cancellationToken);
        var receipts = new List<ComplianceReceipt>();
        await foreach (var item in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, Folder(shop), cancellationToken))
        {
            var blob = await container.GetBlobClient(item.Name).DownloadContentAsync(cancellationToken);
            receipts.Add(JsonSerializer.Deserialize<ComplianceReceipt>(blob.Value.Content, ExpansionJson.Options) ?? throw new InvalidOperationException($"Receipt {item.Name} is empty."));
        }

        receipts.Reverse();
        return receipts;
    }

    public async Task<Stream> CreateExportAsync(ShopId shop, string id, CancellationToken cancellationToken) =>
        await (await ExportAsync(shop, id, cancellationToken)).OpenWriteAsync(overwrite: true, cancellationToken: cancellationToken);

    public async Task<Stream?> OpenExportAsync(ShopId shop, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await (await ExportAsync(shop, id, cancellationToken)).OpenReadAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    private static string Folder(ShopId shop) => $"{ComplianceReceipt.Hash(shop.Value)}/";

    private async Task<BlobClient> ExportAsync(ShopId shop, string id, CancellationToken cancellationToken) =>
        (await _exports.OpenAsync(cancellationToken)).GetBlobClient($"{shop}/{id}.json");
}
