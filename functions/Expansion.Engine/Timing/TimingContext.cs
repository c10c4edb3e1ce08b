using System.Collections.Immutable;
using Expansion.Engine.Offers;
using Expansion.Engine.Offers.Pricing.Anchors;
using Expansion.Engine.Offers.Pricing.Plans;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Health;

namespace Expansion.Engine.Timing;

/// <summary>All that a decision may look at: one customer, the shop, and the moment.</summary>
/// <param name="Zone">The shop's own; it decides what a day and a sending hour are.</param>
public sealed record TimingContext(CustomerState Customer, ShopFacts Shop, TimingSettings Settings, DateTimeOffset Now, TimeZoneInfo Zone)
{
    private HealthReading? _health;

    /// <summary>Where the offer would be seen.</summary>
    public Touchpoint Touchpoint { get; init; }

    /// <summary>One page view, mail or call: it gets one suggestion.</summary>
    public string? Interaction { get; init; }

    public string? Session { get; init; }

    /// <summary>The plans the shop sells.</summary>
    public PlanLadder Plans { get; init; } = new([]);

    /// <summary>What others ask for something like what the shop sells.</summary>
    public IReadOnlyList<Alternative> Alternatives { get; init; } = [];

    /// <summary>The experiment's arm the customer is in.</summary>
    public ExperimentArm? Arm { get; init; }

    public DateOnly Today => DayOf(Now);

    public HealthReading Health => _health ??= HealthScore.Of(Customer, Settings.Health, Now, Zone);

    public DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, Zone).DateTime);

    /// <summary>When a day of the shop reaches an hour. An hour that the clocks skip comes when they have.</summary>
    public DateTimeOffset At(DateOnly day, int hour)
    {
        var local = day.ToDateTime(new TimeOnly(0)).AddHours(hour);
        while (Zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}

/// <summary>What concerns every customer of a shop.</summary>
public sealed record ShopFacts
{
    public const int MaxPriceRises = 1000;

    public static ShopFacts None { get; } = new();

    /// <summary>The last rise of each plan's or product's price that was announced for everybody.</summary>
    public ImmutableDictionary<string, PriceRise> PriceRises { get; init; } = [];

    public ImmutableList<SeasonPeak> Seasons { get; init; } = [];

    /// <summary>Touchpoints and offers that are shown less, by <see cref="Throttle.KeyOf(Touchpoint)"/>.</summary>
    public ImmutableDictionary<string, Throttle> Throttles { get; init; } = [];

    public ImmutableList<AngleRecord> Angles { get; init; } = [];

    /// <summary>When the shop took the app out; null while it is in.</summary>
    public DateTimeOffset? UninstalledAt { get; init; }

    /// <summary>How each anchor has converted.</summary>
    public ImmutableList<AnchorRecord> Anchors { get; init; } = [];
}
