namespace Expansion.Engine;

/// <summary>An amount in major units with its ISO 4217 code, e.g. 12.50 EUR.</summary>
public readonly record struct Money(decimal Amount, string Currency);
