using Expansion.Engine;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing;
using Expansion.Functions.Affinity;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Timing;

/// <summary>Every night, after the recompute: the seasons of each shop from its own sales by the catalogue's types of products.</summary>
public sealed class LearnSeasons(IShopStore shops, IShopTimingStore timings, WindowReader windows, ICatalogueStore catalogue, TimeProvider time)
{
    [Function(nameof(LearnSeasons))]
    public async Task Run([TimerTrigger("0 0 4 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await foreach (var shop in shops.ListAsync(cancellationToken))
        {
            // The month that is running has only begun to sell.
            var running = YearMonth.Of(time.GetUtcNow());
            var window = await windows.ReadAsync(shop.Id, cancellationToken);
            var sales = window.Months.Where(month => month.Month != running)
                .SelectMany(month => month.ReadSkus().Zip(month.Frequencies, (sku, count) => new ProductSales(sku, month.Month, count))).ToList();
            var types = await catalogue.ListAsync(shop.Id, cancellationToken).Where(entry => !string.IsNullOrWhiteSpace(entry.Item.Type))
                .ToDictionaryAsync(entry => entry.Item.Sku, entry => entry.Item.Type!, cancellationToken: cancellationToken);
            var least = (await timings.SettingsAsync(shop.Id, cancellationToken)).Settings.Season.MinIndex;
            var seasons = SeasonIndex.Of(sales, types, least);
            await timings.ChangeFactsAsync(shop.Id, facts => facts with { Seasons = seasons }, cancellationToken);
        }
    }
}
