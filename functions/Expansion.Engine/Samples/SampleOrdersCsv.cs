using System.Globalization;
using Expansion.Engine.Orders;

namespace Expansion.Engine.Samples;

/// <summary>Orders as the plain CSV that the import reads. It knows no cancelled orders, so these are left out.</summary>
public static class SampleOrdersCsv
{
    private const string Header = "order_id,customer_id,ordered_at,sku,product_title,quantity,unit_price";

    public static void Write(IEnumerable<Order> orders, TextWriter writer)
    {
        Row(writer, Header);
        foreach (var order in orders.Where(order => !order.Cancelled))
        {
            foreach (var line in order.Lines)
            {
                Row(writer, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Field(order.Id.Value)},{Field(order.CustomerId?.Value)},{order.OrderedAt.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ},{Field(line.Sku.Value)},{Field(line.Title)},{line.Quantity},{line.UnitPrice.Amount:0.00}"));
            }
        }
    }

    /// <summary>The line end is part of the bytes, so it is the same on every machine.</summary>
    private static void Row(TextWriter writer, string row)
    {
        writer.Write(row);
        writer.Write('\n');
    }

    private static string Field(string? value) =>
        value is null ? "" : value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}
