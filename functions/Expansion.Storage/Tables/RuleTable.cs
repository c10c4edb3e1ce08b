using System.Globalization;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Timing.Rules;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop. RowKey: rule and version. Serves "the rules of a shop", which are few, and "the versions of a rule".</summary>
internal sealed class RuleTable(TableServiceClient tables) : IRuleStore
{
    private const int Attempts = 20;

    private readonly LazyTable _table = new(tables, "Rules");

    public async Task<RuleSet> ReadAsync(ShopId shop, CancellationToken cancellationToken) =>
        RuleSet.Of((await AllAsync(shop, cancellationToken)).GroupBy(rule => rule.Id).Select(versions => versions.MaxBy(rule => rule.Version)!));

    public async Task<Rule> SaveAsync(ShopId shop, Rule rule, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var version = 1 + (await VersionsAsync(shop, rule.Id, cancellationToken)).Select(known => known.Version).FirstOrDefault();
            var row = new TableEntity(TableKey.From(shop.Value), TableKey.From(rule.Id, version.ToString("D6", CultureInfo.InvariantCulture))) { ["Version"] = version, ["Document"] = rule.Document };
            if (await _table.TryAddAsync(row, cancellationToken))
            {
                return rule with { Version = version };
            }
        }

        throw new InvalidOperationException($"Rule {rule.Id} of {shop} could not be saved: {Attempts} others came in between.");
    }

    public async Task<IReadOnlyList<Rule>> VersionsAsync(ShopId shop, string id, CancellationToken cancellationToken) =>
        [.. (await AllAsync(shop, cancellationToken)).Where(rule => rule.Id == id).OrderByDescending(rule => rule.Version)];

    private ValueTask<List<Rule>> AllAsync(ShopId shop, CancellationToken cancellationToken) => _table.QueryAsync(TableKey.From(shop.Value), cancellationToken)
        .Select(row => Rule.Read(row.GetString("Document"), row.GetInt32("Version") ?? 1)).ToListAsync(cancellationToken);
}
