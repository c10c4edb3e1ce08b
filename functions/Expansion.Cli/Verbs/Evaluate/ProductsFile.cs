using Expansion.Engine;
using Expansion.Engine.Recommendations.Training;

namespace Expansion.Cli.Verbs.Evaluate;

/// <summary>A catalogue: sku, and of product_title (or title), type, vendor and tags (separated by | or ;) what there is. Any further column counts as a tag.</summary>
internal static class ProductsFile
{
    public static IReadOnlyList<CatalogueProduct> Read(FileInfo file)
    {
        using var table = new CsvTable(file);
        table.Require("sku");
        var others = table.Columns.Except(["sku", "product_title", "title", "type", "vendor", "tags"]).ToList();
        var products = new Dictionary<Sku, CatalogueProduct>();
        while (table.Read())
        {
            var product = new CatalogueProduct(new(table.Required("sku")))
            {
                Title = table["product_title"] is { Length: > 0 } title ? title : table["title"],
                Type = table["type"],
                Vendor = table["vendor"],
                Tags = [.. table["tags"].Split('|', ';').Concat(others.Select(column => table[column])).Select(tag => tag.Trim()).Where(tag => tag.Length > 0)],
            };
            products[product.Sku] = product;
        }

        return [.. products.Values];
    }
}
