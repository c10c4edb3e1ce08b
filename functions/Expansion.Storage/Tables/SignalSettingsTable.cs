using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Timing;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop. RowKey: "settings" or "facts". Serves "when does this shop speak" and "what concerns all its customers".</summary>
internal sealed class SignalSettingsTable(TableServiceClient tables) : IShopTimingStore
{
    private const string Settings = "settings";
    private const string Facts = "facts";
    private const int Attempts = 20;

    private readonly LazyTable _table = new(tables, "SignalSettings");

    public async Task<StoredTimingSettings> SettingsAsync(ShopId shop, CancellationToken cancellationToken) =>
        await _table.FindAsync(TableKey.From(shop.Value), Settings, cancellationToken) is { } row ? new(row.Json<TimingSettings>(), row.ETag.ToString()) : new(TimingSettings.Default, null);

    public Task<bool> SaveAsync(ShopId shop, StoredTimingSettings settings, CancellationToken cancellationToken) =>
        WriteAsync(new TableEntity(TableKey.From(shop.Value), Settings).With(settings.Settings), settings.Version, cancellationToken);

    public async Task<ShopFacts> FactsAsync(ShopId shop, CancellationToken cancellationToken) =>
        (await _table.FindAsync(TableKey.From(shop.Value), Facts, cancellationToken))?.Json<ShopFacts>() ?? ShopFacts.None;

    public async Task ChangeFactsAsync(ShopId shop, Func<ShopFacts, ShopFacts> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var row = await _table.FindAsync(TableKey.From(shop.Value), Facts, cancellationToken);
            var changed = change(row?.Json<ShopFacts>() ?? ShopFacts.None);
            if (await WriteAsync(new TableEntity(TableKey.From(shop.Value), Facts).With(changed), row?.ETag.ToString(), cancellationToken))
            {
                return;
            }
        }

        throw new InvalidOperationException($"The facts of {shop} were changed by others {Attempts} times while they were being changed.");
    }

    private Task<bool> WriteAsync(TableEntity row, string? version, CancellationToken cancellationToken) =>
        version is null ? _table.TryAddAsync(row, cancellationToken) : _table.TryReplaceAsync(row, new ETag(version), cancellationToken);
}
