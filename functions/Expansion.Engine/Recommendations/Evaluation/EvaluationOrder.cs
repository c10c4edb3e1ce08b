namespace Expansion.Engine.Recommendations.Evaluation;

/// <summary>An order as far as an evaluation looks at it.</summary>
/// <param name="Customer">Null where nobody is known.</param>
/// <param name="At">Null where the time isn't known.</param>
/// <param name="Basket">The distinct products, in ordinal order, at least one.</param>
public sealed record EvaluationOrder(OrderId Id, CustomerId? Customer, DateTimeOffset? At, IReadOnlyList<Sku> Basket);
