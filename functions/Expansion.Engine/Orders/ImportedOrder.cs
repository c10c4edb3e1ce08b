namespace Expansion.Engine.Orders;

/// <summary>Makes an order of the lines that a file has of it, wherever they stood.</summary>
public static class ImportedOrder
{
    /// <summary>Where lines differ, the earliest time, the first customer and the newest version count. Returns are taken off the same SKU's lines.</summary>
    public static Order Of(IReadOnlyList<ImportedLine> lines) =>
        new(
            lines[0].OrderId,
            lines.Select(line => line.CustomerId).FirstOrDefault(customer => customer is not null),
            lines.Min(line => line.OrderedAt),
            lines.Max(line => line.UpdatedAt),
            [.. LessReturns(lines)])
        {
            Cancelled = lines.Any(line => line.Cancelled),
        };

    /// <summary>A return without enough of its SKU in the same order stays a negative line: what came back was sold in an order that isn't named.</summary>
    private static IEnumerable<OrderLine> LessReturns(IReadOnlyList<ImportedLine> lines)
    {
        var returned = new Dictionary<Sku, int>();
        foreach (var line in lines)
        {
            if (line.Quantity < 0 && !line.Refunded)
            {
                returned[line.Sku] = returned.GetValueOrDefault(line.Sku) - line.Quantity;
            }
        }

        foreach (var line in lines.Where(line => line.Quantity > 0))
        {
            var back = Math.Min(returned.GetValueOrDefault(line.Sku), line.Quantity);
            if (back > 0)
            {
                returned[line.Sku] -= back;
            }

            yield return new OrderLine(line.Sku, line.Quantity, line.Refunded ? 0 : line.Quantity - back, Price(line));
        }

        foreach (var line in lines.Where(line => line.Quantity < 0))
        {
            var left = Math.Min(returned.GetValueOrDefault(line.Sku), -line.Quantity);
            if (left > 0)
            {
                returned[line.Sku] -= left;
                yield return new OrderLine(line.Sku, -left, -left, Price(line));
            }
        }
    }

    private static Money Price(ImportedLine line) => new(line.UnitPrice ?? 0, line.Currency);
}
