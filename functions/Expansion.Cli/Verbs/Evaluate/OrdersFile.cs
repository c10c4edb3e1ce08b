using System.Globalization;
using Expansion.Engine;
using Expansion.Engine.Recommendations.Evaluation;
using Expansion.Engine.Recommendations.Training;

namespace Expansion.Cli.Verbs.Evaluate;

/// <summary>
/// The orders of a file in the plain form, one line of an order a row: order_id and sku are needed; customer_id, ordered_at, product_title and quantity may be missing or empty.
/// A file whose first line names no sku column is read as one basket a line, products separated by commas. Lines with a quantity of 0 or less are no purchase.
/// </summary>
internal static class OrdersFile
{
    public static (IReadOnlyList<EvaluationOrder> Orders, IReadOnlyList<CatalogueProduct> Products) Read(FileInfo file)
    {
        string first;
        using (var reader = new StreamReader(CsvTable.OpenText(file)))
        {
            first = reader.ReadLine() ?? throw new FormatException($"{file.Name} is empty.");
        }

        var columns = first.Split(',');
        return columns.Contains("sku") || columns.Contains("order_id") ? ReadLines(file) : ReadBaskets(file);
    }

    private static (IReadOnlyList<EvaluationOrder> Orders, IReadOnlyList<CatalogueProduct> Products) ReadLines(FileInfo file)
    {
        using var table = new CsvTable(file);
        table.Require("order_id", "sku");
        var orders = new Dictionary<string, Line>();
        var titles = new Dictionary<Sku, string>();
        while (table.Read())
        {
            var (id, sku) = (table.Required("order_id"), new Sku(table.Required("sku")));
            if (Quantity(table) <= 0)
            {
                continue;
            }

            if (!orders.TryGetValue(id, out var order))
            {
                orders.Add(id, order = new(table["customer_id"], Time(table), []));
            }

            order.Skus.Add(sku);
            titles[sku] = table["product_title"];
        }

        return (
            [.. orders.Select(order => new EvaluationOrder(
                new(order.Key), order.Value.Customer.Length == 0 ? null : new(order.Value.Customer), order.Value.At, [.. order.Value.Skus.Order()]))],
            [.. titles.Where(title => title.Value.Length > 0).OrderBy(title => title.Key).Select(title => new CatalogueProduct(title.Key) { Title = title.Value })]);
    }

    private static (IReadOnlyList<EvaluationOrder> Orders, IReadOnlyList<CatalogueProduct> Products) ReadBaskets(FileInfo file)
    {
        using var reader = new StreamReader(CsvTable.OpenText(file));
        var orders = new List<EvaluationOrder>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            var skus = line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(sku => new Sku(sku)).Distinct().Order().ToList();
            if (skus.Count > 0)
            {
                orders.Add(new(new(number.ToString(CultureInfo.InvariantCulture)), null, null, skus));
            }
        }

        return (orders, [.. orders.SelectMany(order => order.Basket).Distinct().Order().Select(sku => new CatalogueProduct(sku) { Title = sku.Value })]);
    }

    private static decimal Quantity(CsvTable table) => table["quantity"] is not { Length: > 0 } text ? 1
        : decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quantity) ? quantity
        : throw table.Wrong($"quantity '{text}' is no number");

    /// <summary>A time without an offset is taken as UTC: only what came before what matters here.</summary>
    private static DateTimeOffset? Time(CsvTable table) => table["ordered_at"] is not { Length: > 0 } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime()
        : throw table.Wrong($"ordered_at '{text}' is no time: write it like 2026-05-01T09:58:12");

    private sealed record Line(string Customer, DateTimeOffset? At, HashSet<Sku> Skus);
}
