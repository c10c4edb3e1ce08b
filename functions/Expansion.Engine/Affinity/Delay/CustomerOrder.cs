namespace Expansion.Engine.Affinity.Delay;

/// <summary>One order of a customer's history, as far as delays need it.</summary>
/// <param name="Day">In the shop's time zone.</param>
/// <param name="Products">The basket, products by the number that the miner gave them.</param>
public sealed record CustomerOrder(DateOnly Day, int[] Products);
