using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Timing;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop and month. RowKey: what was answered, and a shard. Serves "how do customers answer this". Several rows a count, so that many can add at once.</summary>
internal sealed class OfferAnswerTable(TableServiceClient tables) : IAnswerCounts
{
    private const int Shards = 8;
    private const int Attempts = 20;

    private readonly LazyTable _table = new(tables, "OfferAnswers");

    public async Task AddAsync(ShopId shop, YearMonth month, IReadOnlyDictionary<string, AnswerCounts> counts, CancellationToken cancellationToken)
    {
        foreach (var (key, added) in counts)
        {
            await AddAsync(TableKey.From(shop.Value, month.ToString()), key, added, cancellationToken);
        }
    }

    public async Task<IReadOnlyDictionary<string, AnswerCounts>> ReadAsync(ShopId shop, YearMonth month, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, AnswerCounts>();
        await foreach (var row in _table.QueryAsync(TableKey.From(shop.Value, month.ToString()), cancellationToken))
        {
            var key = row.GetString("Key");
            counts[key] = counts.GetValueOrDefault(key, AnswerCounts.None) + row.Json<AnswerCounts>();
        }

        return counts;
    }

    private async Task AddAsync(string partition, string key, AnswerCounts added, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var shard = TableKey.From(key, $"{Random.Shared.Next(Shards)}");
            var known = await _table.FindAsync(partition, shard, cancellationToken);
            var row = new TableEntity(partition, shard) { ["Key"] = key }.With((known?.Json<AnswerCounts>() ?? AnswerCounts.None) + added);
            if (known is null ? await _table.TryAddAsync(row, cancellationToken) : await _table.TryReplaceAsync(row, known.ETag, cancellationToken))
            {
                return;
            }
        }

        throw new InvalidOperationException($"Answers to {key} could not be counted in {partition}: {Attempts} others came in between.");
    }
}
