using System.Collections.Concurrent;
using Expansion.Engine;
using Expansion.Engine.Recommendations.Catalogue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Recommendations;

/// <summary>
/// The shops this instance serves. The first request of a shop waits until it is read, together with all who ask meanwhile; no other request ever waits:
/// what has changed is read in the background, every <see cref="ServingOptions.RefreshEvery"/>, and requests are answered from what was there until it is.
/// </summary>
public sealed partial class ServingCache : IDisposable
{
    private const int ParallelRefreshes = 8;

    private readonly ServedShopReader _reader;
    private readonly ServingOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ServingCache> _logger;
    private readonly ConcurrentDictionary<ShopId, Lazy<Task<ServedShop?>>> _shops = new();
    private readonly ITimer _timer;
    private int _refreshing;

    public ServingCache(ServedShopReader reader, IOptions<ServingOptions> options, TimeProvider time, ILogger<ServingCache> logger)
    {
        (_reader, _options, _time, _logger) = (reader, options.Value, time, logger);
        _timer = time.CreateTimer(_ => _ = RefreshAllAsync(), null, _options.RefreshEvery, _options.RefreshEvery);
    }

    /// <summary>By estimate, all shops together.</summary>
    public long Bytes => Loaded().Sum(shop => shop.Value.Bytes);

    /// <returns>Null when there is no such shop.</returns>
    public ValueTask<ServedShop?> FindAsync(ShopId id, CancellationToken cancellationToken)
    {
        var shop = Find(id);
        shop?.LastUsed = _time.GetTimestamp();
        return shop is null ? new(ReadAsync(id, cancellationToken)) : new(shop);
    }

    /// <summary>Takes over at once what this instance has just heard of a product.</summary>
    public void Tell(ShopId id, ProductListing product)
    {
        if (Find(id) is { } shop)
        {
            shop.Catalogue.Tell(product.In(shop.State.Shop.Settings.Currency));
        }
    }

    /// <summary>The same of what it has just stored.</summary>
    public void Take(ShopId id, IEnumerable<CatalogueEntry> stored)
    {
        if (Find(id) is { } shop)
        {
            foreach (var entry in stored)
            {
                shop.Catalogue.Take(entry);
            }
        }
    }

    /// <summary>Takes over what has changed, now: for whoever has just changed something and wants it to count at this instance's next request.</summary>
    public async Task RefreshAsync(ShopId id, CancellationToken cancellationToken)
    {
        if (Find(id) is { } shop && !await _reader.RefreshAsync(id, shop, cancellationToken))
        {
            _shops.TryRemove(id, out _);
        }
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>A load goes on when the one who asked first leaves. One that fails, or finds no shop, is forgotten.</summary>
    private async Task<ServedShop?> ReadAsync(ShopId id, CancellationToken cancellationToken)
    {
        var load = _shops.GetOrAdd(id, shop => new(() => Task.Run(() => _reader.ReadAsync(shop, CancellationToken.None))));
        try
        {
            var shop = await load.Value.WaitAsync(cancellationToken);
            shop?.LastUsed = _time.GetTimestamp();
            return shop;
        }
        finally
        {
            if (load.Value is { IsFaulted: true } or { IsCompletedSuccessfully: true, Result: null })
            {
                _shops.TryRemove(KeyValuePair.Create(id, load));
            }
        }
    }

    private ServedShop? Find(ShopId id) => _shops.TryGetValue(id, out var load) && load is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } ? load.Value.Result : null;

    private List<KeyValuePair<ShopId, ServedShop>> Loaded() =>
        [.. _shops.Keys.Select(id => KeyValuePair.Create(id, Find(id)!)).Where(shop => shop.Value is not null)];

    private async Task RefreshAllAsync()
    {
        if (Interlocked.Exchange(ref _refreshing, 1) == 1)
        {
            return;
        }

        try
        {
            Forget();
            await Parallel.ForEachAsync(Loaded(), new ParallelOptions { MaxDegreeOfParallelism = ParallelRefreshes }, async (shop, stop) =>
            {
                try
                {
                    await RefreshAsync(shop.Key, stop);
                }
                catch (Exception exception)
                {
                    // It goes on being served as it is, and the next round tries again.
                    LogFailure(exception, shop.Key);
                }
            });
        }
        finally
        {
            Volatile.Write(ref _refreshing, 0);
        }
    }

    private void Forget()
    {
        var bytes = 0L;
        foreach (var (place, shop) in Loaded().OrderByDescending(shop => shop.Value.LastUsed).Index())
        {
            bytes += shop.Value.Bytes;
            if (_time.GetElapsedTime(shop.Value.LastUsed) > _options.ForgetAfter || (place > 0 && bytes > _options.MaxBytes))
            {
                _shops.TryRemove(shop.Key, out _);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "What {Shop} is served from could not be refreshed.")]
    private partial void LogFailure(Exception exception, ShopId shop);
}
