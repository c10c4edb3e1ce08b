using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Engine.Recommendations.Serving;
using Expansion.Engine.Shops;

namespace Expansion.Functions.Catalogue;

/// <summary>Takes a file of products into the catalogue, and has the model learn them at once rather than at night.</summary>
public sealed class ImportProductFile(IProductFiles files, IShopStore shops, CatalogueWriter catalogue, IMessageQueue queue, TimeProvider time)
{
    public async Task<ProductImportReport> RunAsync(ShopId id, Stream file, IImportRejects rejects, CancellationToken cancellationToken)
    {
        var shop = await shops.EnsureAsync(id, cancellationToken);
        ProductFile read;
        try
        {
            read = files.Read(file, shop.Settings.Currency, time.GetUtcNow(), rejects);
        }
        catch (InvalidDataException damaged)
        {
            return new(0, 0, $"The file is damaged ({damaged.Message}); nothing was imported. Make it anew, or send it again.");
        }

        if (read.Items.Count == 0)
        {
            return new(0, 0, read.Refusal);
        }

        var changed = await catalogue.SaveAsync(id, read.Items, cancellationToken);
        await queue.SendAsync(ModelDue.Queue, new ModelDue(id), cancellationToken);
        return new(read.Items.Count, changed, null);
    }
}

/// <param name="Items">Read, one for each variant.</param>
/// <param name="Saved">Of them, those that replaced what was known.</param>
/// <param name="Refusal">Why the file as a whole was not imported.</param>
public sealed record ProductImportReport(int Items, int Saved, string? Refusal);
