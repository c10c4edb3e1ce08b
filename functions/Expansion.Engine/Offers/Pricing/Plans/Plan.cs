using Expansion.Engine.Offers.Pricing.Anchors;

namespace Expansion.Engine.Offers.Pricing.Plans;

/// <summary>One plan a customer can be on.</summary>
/// <param name="Id">What the billing system calls it.</param>
/// <param name="Monthly">Price of a month, paid monthly.</param>
public sealed record Plan(string Id, string Name, Money Monthly)
{
    /// <summary>Price of a year paid at once; null when it can't be.</summary>
    public Money? Annual { get; init; }

    /// <summary>What a customer on it costs the shop a month; null when that isn't known.</summary>
    public Money? MonthlyCost { get; init; }

    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>By name, e.g. users: 10; null is unlimited. A limit that another plan has and this hasn't is 0 here.</summary>
    public IReadOnlyDictionary<string, decimal?> Limits { get; init; } = new Dictionary<string, decimal?>();

    /// <summary>Whether a customer can buy it today.</summary>
    public bool OnSale { get; init; } = true;

    /// <summary>Whether it is among the plans shown.</summary>
    public bool Shown { get; init; } = true;

    /// <summary>What it does that is done by hand without it; null for nothing that is counted.</summary>
    public SparedWork? Spares { get; init; }

    public long Customers { get; init; }
}
