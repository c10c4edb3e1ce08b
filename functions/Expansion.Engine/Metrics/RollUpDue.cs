namespace Expansion.Engine.Metrics;

/// <summary>A shop's changed days are to be rolled up.</summary>
/// <param name="Close">Its months and alerts, too: once a night.</param>
public sealed record RollUpDue(ShopId Shop, bool Close)
{
    public const string Queue = "rollup-due";
}
