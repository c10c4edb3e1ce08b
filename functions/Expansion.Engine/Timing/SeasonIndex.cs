using System.Collections.Immutable;

namespace Expansion.Engine.Timing;

/// <summary>A month of the year in which a category sells better than usual.</summary>
/// <param name="Month">1 to 12.</param>
/// <param name="Index">How many times its usual share of the shop's sales it has then.</param>
public sealed record SeasonPeak(string Category, int Month, double Index, ImmutableList<Sku> Products);

/// <summary>One product's sales in one month.</summary>
public readonly record struct ProductSales(Sku Product, YearMonth Month, long Count);

/// <summary>One category's sales in one month.</summary>
public readonly record struct CategorySales(string Category, YearMonth Month, long Count);

/// <summary>The seasons of a shop, read off its own sales.</summary>
public static class SeasonIndex
{
    /// <summary>Fewer whole months than a year can't tell a season.</summary>
    public const int LeastMonths = 12;

    /// <summary>Fewer sales in the months of a peak than this are luck.</summary>
    public const int LeastSales = 20;

    /// <summary>The peaks kept, those that luck explains least; and the products of each, those that sell most: all of it is read with every shop's facts.</summary>
    public const int MostPeaks = 60, MostProducts = 200;

    /// <param name="types">The category of each product; one without is its own.</param>
    public static ImmutableList<SeasonPeak> Of(IReadOnlyCollection<ProductSales> sales, IReadOnlyDictionary<Sku, string> types, double minIndex)
    {
        var products = sales.GroupBy(sale => sale.Product).GroupBy(product => Category(product.Key)).ToDictionary(
            category => category.Key,
            category => category.OrderByDescending(product => product.Sum(sale => sale.Count)).ThenBy(product => product.Key).Select(product => product.Key).Take(MostProducts));
        var byCategory = sales.GroupBy(sale => (Category: Category(sale.Product), sale.Month))
            .Select(sold => new CategorySales(sold.Key.Category, sold.Key.Month, sold.Sum(sale => sale.Count))).ToList();
        return Of(byCategory, minIndex, category => products[category]);

        string Category(Sku product) => types.GetValueOrDefault(product, product.Value);
    }

    /// <summary>
    /// Of each category and month of the year: its share of all sales in that month over its share of all sales, so that a good month of the whole shop is no season.
    /// Kept where the index is at least <paramref name="minIndex"/> and more than two standard deviations of a count above 1.
    /// </summary>
    /// <param name="productsOf">The products of a category.</param>
    public static ImmutableList<SeasonPeak> Of(IReadOnlyCollection<CategorySales> sales, double minIndex, Func<string, IEnumerable<Sku>> productsOf)
    {
        if (sales.Select(sale => sale.Month).Distinct().Count() < LeastMonths)
        {
            return [];
        }

        var all = (double)sales.Sum(sale => sale.Count);
        var months = sales.GroupBy(sale => sale.Month.Month).ToDictionary(month => month.Key, month => month.Sum(sale => sale.Count));
        var peaks =
            from category in sales.GroupBy(sale => sale.Category)
            let share = category.Sum(sale => sale.Count) / all
            from month in category.GroupBy(sale => sale.Month.Month)
            let sold = month.Sum(sale => sale.Count)
            let expected = share * months[month.Key]
            where sold >= LeastSales && sold >= minIndex * expected && sold > expected + (2 * Math.Sqrt(expected))
            orderby (sold - expected) / Math.Sqrt(expected) descending, category.Key, month.Key
            select (Category: category.Key, Month: month.Key, Index: sold / expected);
        return [.. peaks.Take(MostPeaks).OrderBy(peak => peak.Category, StringComparer.Ordinal).ThenBy(peak => peak.Month).Select(peak => new SeasonPeak(peak.Category, peak.Month, peak.Index, [.. productsOf(peak.Category)]))];
    }
}
