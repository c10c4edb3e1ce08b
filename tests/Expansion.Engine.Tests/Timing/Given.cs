using System.Globalization;
using Expansion.Engine.Offers;
using Expansion.Engine.Offers.Pricing.Plans;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Tests.Timing;

/// <summary>A customer's story, told backwards from a Tuesday noon.</summary>
internal static class Given
{
    public static readonly CustomerId Ann = new("ann");

    public static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    public static readonly PlanTerms Basic = new("Basic", new Money(29, "USD"), Features: ["a", "b", "c", "d"], Limits: new Dictionary<string, double> { ["calls"] = 100 });

    public static readonly Plan[] Plans =
    [
        new("Basic", "Basic", new(29, "USD")) { Features = ["a", "b", "c", "d"], Limits = new Dictionary<string, decimal?> { ["calls"] = 100 }, Annual = new(290, "USD") },
        new("Pro", "Pro", new(79, "USD")) { Features = ["a", "b", "c", "d", "e"], Limits = new Dictionary<string, decimal?> { ["calls"] = 1000 } },
    ];

    public static Candidate Filters { get; } = new(OfferKind.CrossSell, "filters", 0.5, "affinity") { Price = new(12, "USD") };

    public static T Ago<T>(this T signal, double days, string? id = null)
        where T : Signal => signal with { At = Now.AddDays(-days), Id = id ?? string.Create(CultureInfo.InvariantCulture, $"{typeof(T).Name}-{days}"), Customer = Ann };

    public static OrderPlaced Order(string id, params string[] skus) => new(new(id), new(20, "USD"), [.. skus.Select(sku => new Sku(sku))]) { Id = "", Customer = Ann, At = Now };

    public static CustomerState Customer(params IEnumerable<Signal> signals) => signals.Aggregate(new CustomerState(Ann), (state, signal) => state.With(signal, TimeZoneInfo.Utc));

    public static TimingContext Context(Touchpoint place, params IEnumerable<Signal> signals) =>
        new(Customer(signals), ShopFacts.None, TimingSettings.Default, Now, TimeZoneInfo.Utc) { Touchpoint = place, Plans = new(Plans), Interaction = "page 1" };
}
