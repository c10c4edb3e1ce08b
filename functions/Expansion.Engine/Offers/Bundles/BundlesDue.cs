namespace Expansion.Engine.Offers.Bundles;

/// <summary>A shop's bundles are to be made anew.</summary>
public sealed record BundlesDue(ShopId Shop)
{
    public const string Queue = "bundles-due";
}

/// <summary>A shop's bundles as they stand.</summary>
/// <param name="Generation">The pairs they were made from.</param>
public sealed record BundleSet(string Generation, DateTimeOffset MadeAt, BundlePlan Plan)
{
    public const string Document = "bundles";
}
