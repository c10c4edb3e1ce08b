using System.Globalization;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Engine.Recommendations.Serving;
using Expansion.Engine.Recommendations.Training;
using Expansion.Engine.Shops;
using Expansion.Functions.Compliance;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Recommendations;

/// <summary>
/// Trains what a shop recommends by, from the same segments as affinity, and writes it beside what is being read: nothing is seen before the pointer moves.
/// Without any order the catalogue is enough.
/// </summary>
public sealed class ModelTraining(
    IShopStore shops, IBasketSegments segments, ICatalogueStore catalogue, IModelStore models, Erasures erasures, IOptions<TrainingOptions> options, TimeProvider time)
{
    /// <summary>What instances that serve may still want to read of what changed.</summary>
    private static readonly TimeSpan NoticesKept = TimeSpan.FromHours(6);

    public async Task<ModelGeneration> RunAsync(ShopId id, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        var shop = await shops.EnsureAsync(id, cancellationToken);
        var products = await ProductsAsync(id, cancellationToken);
        var orders = await ReadAsync(shop, cancellationToken);
        foreach (var product in products)
        {
            orders.Training.AddProduct(product.Sku);
        }

        var model = RecommendationTrainer.Train(orders.Training.Build(), products, options.Value.Threads);
        await ForgetAsync(id, orders.Customers, cancellationToken);
        var generation = new ModelGeneration(
            $"{startedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}-{Guid.NewGuid().ToString("N")[..8]}",
            startedAt, orders.Training.Count, model.Products, orders.Customers.Count);
        await WriteAsync(id, generation.Id, model, orders.Customers, cancellationToken);
        await models.PublishAsync(id, generation, cancellationToken);
        await catalogue.SweepChangesAsync(id, startedAt - NoticesKept, cancellationToken);
        return generation;
    }

    /// <summary>In one order, whatever the storage's, so that the same shop gives the same model.</summary>
    private async Task<List<CatalogueProduct>> ProductsAsync(ShopId shop, CancellationToken cancellationToken) =>
        await catalogue.ListAsync(shop, cancellationToken).Select(entry => entry.Item).Where(item => item.Status != ItemStatus.Deleted).OrderBy(item => item.Sku)
            .Select(item => new CatalogueProduct(item.Sku) { Title = item.FullTitle(), Type = item.Type, Vendor = item.Vendor, Tags = item.Tags ?? [] })
            .ToListAsync(cancellationToken);

    /// <summary>The latest orders of the window, month by month backwards, until there are enough.</summary>
    private async Task<WindowOrders> ReadAsync(Shop shop, CancellationToken cancellationToken)
    {
        var now = YearMonth.Of(time.GetUtcNow());
        var months = (await segments.ListAsync(shop.Id, cancellationToken)).Select(segment => segment.Month).Where(month => month.CompareTo(now) <= 0).OrderDescending().ToList();
        var orders = new WindowOrders();
        foreach (var month in months.TakeWhile(month => months[0].MonthsSince(month) < shop.Settings.WindowMonths))
        {
            if (orders.Training.Count >= options.Value.MaxOrders)
            {
                break;
            }

            await foreach (var columns in segments.ReadColumnsAsync(shop.Id, month, cancellationToken))
            {
                orders.Add(month, columns);
            }
        }

        return orders;
    }

    private async Task WriteAsync(ShopId shop, string generation, RecommendationModel model, Dictionary<string, List<PastPurchase>> customers, CancellationToken cancellationToken)
    {
        await models.WriteAsync(shop, generation, ModelGeneration.Model, model.Save, cancellationToken);
        do
        {
            var index = PurchaseIndex.Empty;
            await models.WriteAsync(shop, generation, ModelGeneration.Purchases, stream => index = PurchaseFile.Write(stream, customers), cancellationToken);
            await models.WriteAsync(shop, generation, ModelGeneration.PurchaseIndex, stream => index.Save(stream), cancellationToken);
        }
        while (await ForgetAsync(shop, customers, cancellationToken));
    }

    /// <summary>A training takes minutes, in which people may be erased. Asked after the writing: an erasure goes through what is written by then, and is known by then otherwise.</summary>
    /// <returns>Whether anybody had to go.</returns>
    private async Task<bool> ForgetAsync(ShopId shop, Dictionary<string, List<PastPurchase>> customers, CancellationToken cancellationToken)
    {
        var erased = await erasures.OfAsync(shop, cancellationToken);
        var gone = customers.Keys.Where(customer => erased.Has(new CustomerId(customer))).ToList();
        gone.ForEach(customer => customers.Remove(customer));
        return gone.Count > 0;
    }
}
