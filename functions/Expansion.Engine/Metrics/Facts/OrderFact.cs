namespace Expansion.Engine.Metrics.Facts;

public enum OrderStatus
{
    Completed,
    Cancelled,
    Test,
}

/// <summary>Why a line is in the order.</summary>
public enum LineRole
{
    Main,
    CrossSell,
    Gift,
}

public sealed record LineFact(LineRole Role, int Qty, int ReturnedQty = 0)
{
    internal int Kept => Math.Max(0, Qty - ReturnedQty);
}

/// <summary>An order as the metrics count it.</summary>
public sealed record OrderFact(OrderStatus Status, IReadOnlyList<LineFact> Lines);

/// <summary>Units of completed orders, as ordered and as kept; the squares are of an order's units and make the intervals. Combines with +.</summary>
public readonly record struct OrderSums
{
    public long Orders { get; init; }

    /// <summary>Of these, orders of imported history: nobody knows what of them was cross-sold.</summary>
    public long Uncredited { get; init; }

    /// <summary>All but gifts.</summary>
    public UnitSums Units { get; init; }

    public UnitSums KeptUnits { get; init; }

    public UnitSums CrossSell { get; init; }

    public UnitSums KeptCrossSell { get; init; }

    /// <summary>Cancelled and test orders count for nothing.</summary>
    public static OrderSums Of(OrderFact order, bool credited = true) => order.Status != OrderStatus.Completed ? default : new()
    {
        Orders = 1,
        Uncredited = credited ? 0 : 1,
        Units = UnitSums.Of(order.Lines.Where(line => line.Role != LineRole.Gift).Sum(line => (long)line.Qty)),
        KeptUnits = UnitSums.Of(order.Lines.Where(line => line.Role != LineRole.Gift).Sum(line => (long)line.Kept)),
        CrossSell = UnitSums.Of(order.Lines.Where(line => line.Role == LineRole.CrossSell).Sum(line => (long)line.Qty)),
        KeptCrossSell = UnitSums.Of(order.Lines.Where(line => line.Role == LineRole.CrossSell).Sum(line => (long)line.Kept)),
    };

    public static OrderSums operator +(OrderSums left, OrderSums right) => new()
    {
        Orders = left.Orders + right.Orders,
        Uncredited = left.Uncredited + right.Uncredited,
        Units = left.Units + right.Units,
        KeptUnits = left.KeptUnits + right.KeptUnits,
        CrossSell = left.CrossSell + right.CrossSell,
        KeptCrossSell = left.KeptCrossSell + right.KeptCrossSell,
    };

    public static OrderSums Add(OrderSums left, OrderSums right) => left + right;
}

/// <param name="OrdersWith">Orders with at least one such unit.</param>
public readonly record struct UnitSums(long Units, double SumOfSquares, long OrdersWith)
{
    public static UnitSums Of(long units) => new(units, (double)units * units, units > 0 ? 1 : 0);

    public static UnitSums operator +(UnitSums left, UnitSums right) =>
        new(left.Units + right.Units, left.SumOfSquares + right.SumOfSquares, left.OrdersWith + right.OrdersWith);

    public static UnitSums Add(UnitSums left, UnitSums right) => left + right;
}
