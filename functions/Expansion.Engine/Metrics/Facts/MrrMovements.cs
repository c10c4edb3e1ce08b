namespace Expansion.Engine.Metrics.Facts;

/// <summary>
/// Where a month's recurring revenue came from and went: start + new + reactivation + expansion − contraction − churn = end. Customers combine with +.
/// All amounts are positive and at the rates of the start, so that currencies move nothing.
/// </summary>
public sealed record MrrMovements(decimal Start, decimal New, decimal Reactivation, decimal Expansion, decimal Contraction, decimal Churn)
{
    public static MrrMovements None { get; } = new(0, 0, 0, 0, 0, 0);

    public decimal End => Start + New + Reactivation + Expansion - Contraction - Churn;

    /// <param name="formerCustomer">Paid before the month, though not at its start.</param>
    public static MrrMovements Of(decimal start, decimal end, bool formerCustomer = false)
    {
        if (start <= 0)
        {
            return formerCustomer ? None with { Reactivation = Math.Max(0, end) } : None with { New = Math.Max(0, end) };
        }

        return new(start, 0, 0, Math.Max(0, end - start), end > 0 ? Math.Max(0, start - end) : 0, end > 0 ? 0 : start);
    }

    public static MrrMovements operator +(MrrMovements left, MrrMovements right) => new(
        left.Start + right.Start,
        left.New + right.New,
        left.Reactivation + right.Reactivation,
        left.Expansion + right.Expansion,
        left.Contraction + right.Contraction,
        left.Churn + right.Churn);

    public static MrrMovements Add(MrrMovements left, MrrMovements right) => left + right;
}
