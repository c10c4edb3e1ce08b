using Expansion.Engine.Recommendations.Catalogue;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Catalogue;

/// <summary>Adds a location's stock up with the others'. A product that hasn't been told yet comes with its whole stock.</summary>
public sealed class ProcessStock(IStockStore stock, ICatalogueStore catalogue, CatalogueWriter writer)
{
    [Function(nameof(ProcessStock))]
    public async Task Run([QueueTrigger(StockReceived.Queue)] StockReceived message, CancellationToken cancellationToken)
    {
        var item = await stock.SaveAsync(message, cancellationToken);
        if (item.Sku is { } sku && item.Total((await catalogue.FindAsync(message.Shop, [sku], cancellationToken)).SingleOrDefault()?.Item.Stock) is { } total)
        {
            await writer.SaveAsync(message.Shop, [new ToldItem(new(sku) { Stock = total }, CatalogueSource.Inventory, message.At)], cancellationToken);
        }
    }
}
