namespace Expansion.Engine.Offers.Pricing.Anchors;

/// <summary>What is known of a customer and an offer, to find a number to put the price beside. What isn't known stays null.</summary>
/// <param name="Product">What is offered, e.g. "the automation".</param>
/// <param name="Price">What it costs more a month.</param>
public sealed record AnchorFacts(string Product, Money Price)
{
    /// <summary>What the customer gets by it, e.g. "unlimited users".</summary>
    public string? Gain { get; init; }

    public CurrentSpend? Spend { get; init; }

    public Alternative? Alternative { get; init; }

    public ManualWork? Work { get; init; }
}

/// <summary>What the customer pays a month now.</summary>
public sealed record CurrentSpend(Money PerMonth, DateTimeOffset AsOf);

/// <summary>Work that the offer would spare.</summary>
/// <param name="Task">What was done, in the plural, e.g. "orders".</param>
/// <param name="Count">How often last month.</param>
/// <param name="MinutesEach">How long each took.</param>
/// <param name="HourlyCost">What an hour of it costs the customer; without it there is no payback to compute.</param>
/// <param name="CountedAt">The end of the month that was counted.</param>
public sealed record ManualWork(string Task, long Count, decimal MinutesEach, Money? HourlyCost, DateTimeOffset CountedAt);

/// <summary>What somebody else asks for something like it, as somebody saw it.</summary>
/// <param name="Name">Begins a sentence, e.g. "A standalone analytics tool".</param>
/// <param name="Price">A month, for what is paid by the month.</param>
/// <param name="Source">Where it was seen: a page, a price list.</param>
public sealed record Alternative(string Name, Money Price, string Source, DateOnly ObservedOn)
{
    /// <summary>The plan or SKU that it is an alternative to, beside whose price it may be put by itself; null for one that is named where it is used.</summary>
    public string? For { get; init; }
}

/// <summary>Work by hand that a plan spares, counted by what the customer's use tells.</summary>
/// <param name="Metric">The metric of use that counts it.</param>
/// <param name="Task">As in <see cref="ManualWork"/>.</param>
/// <param name="HourlyCost">What an hour of it is taken to cost the customer.</param>
public sealed record SparedWork(string Metric, string Task, decimal MinutesEach, Money HourlyCost);
