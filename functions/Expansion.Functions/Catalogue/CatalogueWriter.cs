using Expansion.Engine;
using Expansion.Engine.Offers.Pricing.Honesty;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Functions.Recommendations;

namespace Expansion.Functions.Catalogue;

/// <summary>Puts what a source tells into the catalogue, its prices into the price history, the names of its stock beside them, and all before the eyes of whoever this instance serves next.</summary>
public sealed class CatalogueWriter(ICatalogueStore catalogue, IPriceHistoryStore prices, IStockStore stock, ServingCache serving)
{
    public async Task<int> SaveAsync(ShopId shop, IReadOnlyCollection<ToldItem> told, CancellationToken cancellationToken)
    {
        await AddHistoryAsync(shop, told, cancellationToken);
        return Served(shop, await catalogue.SaveAsync(shop, told, cancellationToken));
    }

    public async Task<int> SaveAsync(ShopId shop, ProductListing product, CancellationToken cancellationToken)
    {
        await AddHistoryAsync(shop, [.. product.Told([])], cancellationToken);
        return Served(shop, await catalogue.SaveAsync(shop, product, cancellationToken));
    }

    private int Served(ShopId shop, IReadOnlyList<CatalogueChange> changes)
    {
        serving.Take(shop, changes.Select(change => change.After));
        return changes.Count;
    }

    /// <summary>Before the catalogue, so that a repeat after a crash still sees what is new.</summary>
    private async Task AddHistoryAsync(ShopId shop, IReadOnlyCollection<ToldItem> told, CancellationToken cancellationToken)
    {
        var known = (await catalogue.FindAsync(shop, [.. told.Select(item => item.Item.Sku)], cancellationToken)).ToDictionary(entry => entry.Item.Sku);
        var changed = told.Where(item => item.Item.Price is { Amount: > 0 } price
            && (!known.TryGetValue(item.Item.Sku, out var before) || before.ToldAt.Count == 0 || (before.Item.Price != price && before.With(item) != before)));
        await prices.AddAsync(shop, [.. changed.Select(item => new ProductPrice(item.Item.Sku, item.At, item.Item.Price!.Value))], cancellationToken);
        foreach (var item in told.Select(told => told.Item).Where(item => item.InventoryItem is not null && known.GetValueOrDefault(item.Sku)?.Item.InventoryItem != item.InventoryItem))
        {
            await stock.NameAsync(shop, item.InventoryItem!, item.Sku, cancellationToken);
        }
    }
}
