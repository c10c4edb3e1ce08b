namespace Expansion.Engine.Samples;

/// <summary>A customer of the sample shop, with what was planted; no name, no address.</summary>
/// <param name="Since">When the customer came, at the latest: some were there before the two years begin.</param>
public sealed record SampleCustomer(CustomerId Id, DateTimeOffset Since, IReadOnlyList<PlantedHabit> Habits);

/// <param name="Days">Days between two refills in this household, give or take a tenth, and a day or two for the mood to shop.</param>
public sealed record PlantedHabit(Sku Sku, double Days);
