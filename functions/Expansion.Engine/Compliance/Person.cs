namespace Expansion.Engine.Compliance;

/// <summary>Somebody whose records are asked for, or to be erased.</summary>
/// <param name="Ids">Every id they may be known under.</param>
/// <param name="Email">Null where it isn't told.</param>
/// <param name="Orders">Orders of theirs that are named; there may be more.</param>
public sealed record Person(IReadOnlyList<CustomerId> Ids, string? Email, IReadOnlyList<OrderId> Orders);
