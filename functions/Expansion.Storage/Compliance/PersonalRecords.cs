using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Expansion.Engine;
using Expansion.Engine.Compliance;
using Expansion.Engine.Recommendations.Serving;
using Expansion.Storage.Tables;

namespace Expansion.Storage.Compliance;

/// <summary>
/// Looks through the shop's part of every table, through its text files, and through what has failed in the queues. Slow, and meant to be: requests are rare, and nothing may be left out.
/// Tables of products and settings aren't looked through; segments and digests are made anew from their orders.
/// </summary>
internal sealed class PersonalRecords(TableServiceClient tables, BlobServiceClient blobs, QueueServiceClient queues) : IPersonalRecords
{
    private const string Models = "models";

    private static readonly HashSet<string> Impersonal = new(StringComparer.Ordinal)
    {
        "Affinity", "Backfills", "CatalogueNotices", "Deliveries", "Erased", "Experiments", "Imports", "Metrics", "Models", "OfferAnswers", "PairDecisions", "PriceHistory",
        "ProductVariants", "Products", "PublishedLists", "Recomputes", "Rules", "Shops", "SignalSettings", "Stock",
    };

    public async IAsyncEnumerable<PersonalRecord> FindAsync(ShopId shop, Person person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var marks = new PersonalMarks(person);
        await foreach (var (table, row) in RowsAsync(shop, marks, cancellationToken))
        {
            yield return new(table.Name, Content(row));
        }

        await foreach (var file in PersonalFile.ListAsync(blobs, shop, cancellationToken))
        {
            foreach (var record in file.Records(await file.ReadAsync(cancellationToken), marks))
            {
                yield return new(file.Name, record);
            }
        }
    }

    public async Task<IReadOnlyDictionary<string, int>> EraseAsync(ShopId shop, Person person, CancellationToken cancellationToken)
    {
        var (marks, erased) = (new PersonalMarks(person), new Dictionary<string, int>());
        await foreach (var (table, row) in RowsAsync(shop, marks, cancellationToken))
        {
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
            erased.Count(table.Name, 1);
        }

        // Before the other files: there, lines move.
        erased.Count(Models, await EraseFromModelsAsync(shop, person, cancellationToken));
        await foreach (var file in PersonalFile.ListAsync(blobs, shop, cancellationToken))
        {
            erased.Count(file.Container, await file.EraseAsync(marks, cancellationToken));
        }

        // What is on its way loses its erased names when it arrives; what has failed lies there, and may hold them.
        await foreach (var queue in queues.GetQueuesAsync(cancellationToken: cancellationToken).Where(queue => queue.Name.EndsWith("-poison", StringComparison.Ordinal)))
        {
            erased.Count(queue.Name, await queues.GetQueueClient(queue.Name).DeleteAsync(body => body.Contains($"\"{shop}\"", StringComparison.Ordinal) && marks.IsIn(body), cancellationToken));
        }

        return erased;
    }

    /// <summary>Models remember what customers bought, in lines that an index points at: they are blanked where they stand.</summary>
    private async Task<int> EraseFromModelsAsync(ShopId shop, Person person, CancellationToken cancellationToken)
    {
        var (container, count) = (blobs.GetBlobContainerClient(Models), 0);
        if (!await container.ExistsAsync(cancellationToken))
        {
            return 0;
        }

        await foreach (var item in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{shop}/", cancellationToken).Where(item => item.Name.EndsWith($"/{ModelGeneration.Purchases}", StringComparison.Ordinal)))
        {
            var blob = container.GetBlobClient(item.Name);
            var bytes = (await blob.DownloadContentAsync(cancellationToken)).Value.Content.ToArray();
            if (person.Ids.Count(id => PurchaseFile.Blank(bytes, id)) is > 0 and var found)
            {
                await blob.UploadAsync(BinaryData.FromBytes(bytes), overwrite: true, cancellationToken);
                count += found;
            }
        }

        return count;
    }

    private async IAsyncEnumerable<(TableClient Table, TableEntity Row)> RowsAsync(ShopId shop, PersonalMarks marks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in tables.QueryAsync(cancellationToken: cancellationToken).Where(item => !Impersonal.Contains(item.Name)))
        {
            var table = tables.GetTableClient(item.Name);
            await foreach (var row in table.RowsOfAsync(shop, cancellationToken).Where(marks.IsOn))
            {
                yield return (table, row);
            }
        }
    }

    private static JsonObject Content(TableEntity row)
    {
        var content = new JsonObject { ["key"] = $"{row.PartitionKey}/{row.RowKey}" };
        foreach (var (name, value) in row.Where(property => property.Value is string or bool or int or long or double or DateTimeOffset && property.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag" or RowSchema.Column)))
        {
            content[name] = JsonValue.Create(value.ToString());
        }

        if (row.JsonText() is { Length: > 0 } json)
        {
            content["content"] = JsonNode.Parse(json);
        }

        return content;
    }
}
