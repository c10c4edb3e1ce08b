using System.Globalization;
using System.Net;
using CsvHelper;
using Expansion.Engine;
using Expansion.Engine.Offers.Bundles;

namespace Expansion.Connectors.Shopify.Csv;

/// <summary>
/// Bundles as a file for Shopify's product import (help.shopify.com/manual/products/import-export/using-csv), each a product of its own: a draft, so that nothing is for sale
/// before somebody has looked. The sum of the individual prices is the compare-at price, and the description names each of them.
/// </summary>
public static class ShopifyBundleCsv
{
    private static readonly string[] Columns =
    [
        "Title", "URL handle", "Description", "Type", "Tags", "Published on online store", "Status", "SKU", "Option1 name", "Option1 value", "Price", "Compare-at price", "Cost per item",
    ];

    public static void Write(IEnumerable<Bundle> bundles, Stream file)
    {
        using var writer = CsvWriter.Create(file);
        writer.WriteRecord(Columns);
        foreach (var bundle in bundles)
        {
            writer.WriteRecord(
                bundle.Title, $"bundle-{bundle.Id}", Description(bundle), "Bundle", "bundle", "FALSE", "Draft", $"bundle-{bundle.Id}", "Title", "Default Title",
                Text(bundle.Price), Text(bundle.Sum), bundle.CostAssumed ? "" : Text(bundle.Price - bundle.Margin));
        }
    }

    private static string Description(Bundle bundle) =>
        $"<ul>{string.Concat(bundle.Items.Select(item => $"<li>{WebUtility.HtmlEncode(item.Title ?? item.Sku.Value)} ({WebUtility.HtmlEncode(item.Sku.Value)}): {Text(item.Price)}</li>"))}</ul>";

    private static string Text(Money money) => money.Amount.ToString($"F{Currencies.DecimalsOf(money.Currency)}", CultureInfo.InvariantCulture);
}
