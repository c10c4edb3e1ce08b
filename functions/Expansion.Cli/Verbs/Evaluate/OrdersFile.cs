using System.Globalization;
using Expansion.Engine;
using Expansion.Engine.Recommendations.Evaluation;

namespace Expansion.Cli.Verbs.Evaluate;

/// <summary>
/// The orders of a file in the plain form, one line of an order a row: sku is needed, order_id too unless there is a customer; customer_id, ordered_at, product_title and quantity may
/// be missing or empty. A file of ratings is one too: what a customer rated on one day is an order. Lines with a quantity of 0 or less are no purchase.
/// A file whose first line names no product column is read as one basket a line, products separated by commas.
/// </summary>
internal static class OrdersFile
{
    private static readonly string[] Order = ["order_id"];
    private static readonly string[] Product = ["sku", "product_id", "item_id", "itemId", "movie_id", "movieId"];
    private static readonly string[] Customer = ["customer_id", "user_id", "userId"];
    private static readonly string[] When = ["ordered_at", "timestamp"];

    public static PlainOrders Read(FileInfo file)
    {
        string first;
        using (var reader = new StreamReader(CsvTable.OpenText(file)))
        {
            first = reader.ReadLine() ?? throw new FormatException($"{file.Name} is empty.");
        }

        return first.Split(',').Select(column => column.Trim('"', ' ')).Intersect([.. Order, .. Product]).Any() ? ReadLines(file) : ReadBaskets(file);
    }

    private static PlainOrders ReadLines(FileInfo file)
    {
        using var table = new CsvTable(file);
        string[] names = [Known(Order), Known(Product), Known(Customer), Known(When)];
        var (order, sku, customer, when) = (names[0], names[1], names[2], names[3]);
        table.Require(table.Has(customer) ? [sku] : [order, sku]);
        var orders = new Dictionary<string, Line>();
        var titles = new List<(OrderId Order, Sku Sku, string Title)>();
        while (table.Read())
        {
            var product = new Sku(table.Required(sku));
            var at = Time(table, when);
            var id = table.Has(order) ? table.Required(order) : $"{table.Required(customer)} {at:yyyy-MM-dd}";
            if (Quantity(table) <= 0)
            {
                continue;
            }

            if (!orders.TryGetValue(id, out var line))
            {
                orders.Add(id, line = new(table[customer], at, []));
            }

            line.Skus.Add(product);
            if (table["product_title"] is { Length: > 0 } title)
            {
                titles.Add((new(id), product, title));
            }
        }

        return new(
            [.. orders.Select(found => new EvaluationOrder(
                new(found.Key), found.Value.Customer.Length == 0 ? null : new(found.Value.Customer), found.Value.At, [.. found.Value.Skus.Order()]))],
            titles);

        string Known(string[] names) => Array.Find(names, table.Has) ?? names[0];
    }

    private static PlainOrders ReadBaskets(FileInfo file)
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

        return new(orders, [.. orders.SelectMany(order => order.Basket.Select(sku => (order.Id, sku, sku.Value)))]);
    }

    private static decimal Quantity(CsvTable table) => table["quantity"] is not { Length: > 0 } text ? 1
        : decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quantity) ? quantity
        : throw table.Wrong($"quantity '{text}' is no number");

    /// <summary>A time without an offset is taken as UTC: only what came before what matters here. A whole number is seconds since 1970.</summary>
    private static DateTimeOffset? Time(CsvTable table, string column) => table[column] is not { Length: > 0 } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime()
        : throw table.Wrong($"{column} '{text}' is no time: write it like 2026-05-01T09:58:12");

    private sealed record Line(string Customer, DateTimeOffset? At, HashSet<Sku> Skus);
}
