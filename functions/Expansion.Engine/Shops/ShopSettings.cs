namespace Expansion.Engine.Shops;

/// <summary>What a shop decides for itself. Every value has a default that works.</summary>
public sealed record ShopSettings
{
    /// <summary>Least share of baskets that hold both products for a pair to be called actionable: 0 to 1.</summary>
    public double MinSupport { get; init; } = 0.03;

    /// <summary>Least lift for a pair to be called actionable: above 0, at most 1,000.</summary>
    public double MinLift { get; init; } = 1.5;

    /// <summary>Least number of baskets that hold both products for a pair to be kept at all: 1 to 1,000,000.</summary>
    public int MinCount { get; init; } = 5;

    /// <summary>How many months of orders are counted: 12 to 24.</summary>
    public int WindowMonths { get; init; } = 24;

    /// <summary>IANA name of the zone that decides what a day is, e.g. Europe/Berlin.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>ISO 4217 code of prices that name no currency.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>The time in the shop's own zone.</summary>
    public DateTimeOffset LocalTime(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, TimeZoneInfo.FindSystemTimeZoneById(TimeZone));

    /// <summary>Every mistake, by the name of its setting; empty when all is well.</summary>
    public IReadOnlyDictionary<string, string[]> Validate()
    {
        var errors = new Dictionary<string, string[]>();
        Check("min_support", MinSupport is >= 0 and <= 1, "must be a share from 0 to 1, e.g. 0.03 for 3 %");
        Check("min_lift", MinLift is > 0 and <= 1000, "must be above 0 and at most 1000, e.g. 1.5");
        Check("min_count", MinCount is >= 1 and <= 1_000_000, "must be from 1 to 1000000");
        Check("window_months", WindowMonths is >= 12 and <= 24, "must be from 12 to 24");
        Check("time_zone", TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _), "must be an IANA time zone, e.g. Europe/Berlin");
        Check("currency", Currency.Length == 3 && Currency.All(char.IsAsciiLetterUpper), "must be an ISO 4217 code, e.g. EUR");
        return errors;

        void Check(string name, bool valid, string message)
        {
            if (!valid)
            {
                errors[name] = [message];
            }
        }
    }
}
