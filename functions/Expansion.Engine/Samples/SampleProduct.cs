namespace Expansion.Engine.Samples;

/// <summary>A product of the sample shop, in USD. <paramref name="Cost"/> is what a unit costs the shop.</summary>
public sealed record SampleProduct(Sku Sku, string Title, string Type, string Brand, decimal Price, decimal Cost)
{
    public const string Currency = "USD";

    /// <summary>Who delivers it to the shop.</summary>
    public required string Vendor { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Used up and bought again; otherwise durable, and a customer who has it does not buy it twice on a whim.</summary>
    public bool Consumable { get; init; }

    /// <summary>The ladder it is a step of; steps of one ladder replace each other. Null where there is no better or smaller one.</summary>
    public SampleTier? Tier { get; init; }

    public required SampleDemand Demand { get; init; }
}

/// <param name="Step">1 is the lowest.</param>
public sealed record SampleTier(string Ladder, int Step);

/// <summary>How a product sells of its own accord, apart from every other product.</summary>
/// <param name="Whim">Share of the orders in its season that it is added to, whatever else they hold.</param>
/// <param name="Fans">Weight among the favourites of regular customers; 0 for what nobody buys by habit.</param>
/// <param name="RefillDays">Days until a household has used it up; 0 where it is not bought by habit.</param>
public sealed record SampleDemand(double Whim, double Fans, int RefillDays, SampleSeason Season);

/// <summary>Whole calendar months, so that within a month a season is no reason for two products to meet.</summary>
public enum SampleSeason
{
    Always,

    /// <summary>June, July and August.</summary>
    Summer,

    /// <summary>November and December.</summary>
    Winter,
}
