namespace Expansion.Engine.Orders;

/// <summary>Makes an order of the lines that a file has of it, wherever they stood.</summary>
public static class ImportedOrder
{
    /// <summary>Where lines differ, the earliest time, the first customer and the newest version count. Returns are taken off the same SKU's lines.</summary>
    public static Order Of(IReadOnlyList<ImportedLine> lines)
    {
        var ordered = lines.Min(line => line.OrderedAt);
        var updated = lines.All(line => line.UpdatedAt == line.OrderedAt) ? ordered : lines.Max(line => line.UpdatedAt);
        var customer = lines.Select(line => line.CustomerId).FirstOrDefault(customer => customer is not null);
        return new(lines[0].OrderId, customer, ordered, updated, LessReturns(lines)) { Cancelled = lines.Any(line => line.Cancelled) };
    }

    /// <summary>A return without enough of its SKU in the same order stays a negative line: what came back was sold in an order that isn't named.</summary>
    private static List<OrderLine> LessReturns(IReadOnlyList<ImportedLine> lines)
    {
        var returned = lines.Where(line => line.Quantity < 0 && !line.Refunded).GroupBy(line => line.Sku).ToDictionary(same => same.Key, same => -same.Sum(line => line.Quantity));
        var kept = new List<OrderLine>(lines.Count);
        foreach (var line in lines.Where(line => line.Quantity > 0))
        {
            var back = TakeReturned(line.Sku, line.Quantity);
            kept.Add(new OrderLine(line.Sku, line.Quantity, line.Refunded ? 0 : line.Quantity - back, Price(line)));
        }

        foreach (var line in lines.Where(line => line.Quantity < 0))
        {
            if (TakeReturned(line.Sku, -line.Quantity) is > 0 and var left)
            {
                kept.Add(new OrderLine(line.Sku, -left, -left, Price(line)));
            }
        }

        return kept;

        int TakeReturned(Sku sku, int most)
        {
            var take = Math.Min(returned.GetValueOrDefault(sku), most);
            if (take > 0)
            {
                returned[sku] -= take;
            }

            return take;
        }
    }

    private static Money Price(ImportedLine line) => new(line.UnitPrice ?? 0, line.Currency);
}
