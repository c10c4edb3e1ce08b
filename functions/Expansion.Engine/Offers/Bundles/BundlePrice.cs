using Expansion.Engine.Offers.Pricing;

namespace Expansion.Engine.Offers.Bundles;

/// <summary>
/// The price of a bundle in minor units: below the sum of its prices by a share of its margin, but never by less or more than the bounds, and never so far that its own margin falls below the floor.
/// </summary>
internal static class BundlePrice
{
    public const string OutsideBounds = "no price that can be paid lies within the bounds of the discount";
    public const string BelowFloor = "the margin would fall below the floor";

    /// <returns>The price; or null, with the reason.</returns>
    public static long? Of(long sum, long cost, PricingSettings settings, out string? reason)
    {
        var (least, most) = ((long)decimal.Ceiling(sum * (1 - settings.MaxDiscount)), (long)decimal.Floor(sum * (1 - settings.MinDiscount)));
        var floor = (long)decimal.Ceiling(cost / (1 - settings.MarginFloor));
        reason = least > most ? OutsideBounds : floor > most ? BelowFloor : null;
        var wanted = (long)decimal.Round(sum - (settings.MarginGiven * (sum - cost)), 0, MidpointRounding.AwayFromZero);
        return reason is null ? Math.Clamp(wanted, Math.Max(least, floor), most) : null;
    }
}
