using Expansion.Connectors.Csv;
using Expansion.Connectors.Shopify.Admin;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;

namespace Expansion.Connectors.Shopify;

/// <summary>The files of Shopify's bulk exports beside those in CSV.</summary>
internal sealed class ShopifyOrderFiles(CsvOrderFiles csv) : IOrderFiles
{
    public IReadOnlyList<string> Formats => [.. csv.Formats, BulkOrderFile.Format];

    public OrderFile Open(Stream file, string? format, ShopSettings shop, DateTimeOffset now) =>
        format == BulkOrderFile.Format ? new BulkOrderFile(file) : csv.Open(file, format, shop, now);
}
