namespace Expansion.Engine.Affinity;

/// <summary>A shop's affinities are to be learned anew.</summary>
public sealed record RecomputeDue(ShopId Shop)
{
    public const string Queue = "recompute-due";
}
