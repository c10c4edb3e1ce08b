namespace Expansion.Engine.Recommendations.Ranking;

/// <summary>What is known when something is to be recommended, in the model's numbers.</summary>
/// <param name="Basket">What is looked at or in the cart; never recommended.</param>
/// <param name="Orders">The customer's earlier orders, oldest first.</param>
/// <param name="Now">Days since 1970.</param>
internal sealed record CustomerContext(RecommendationTask Task, IReadOnlyList<int> Basket, IReadOnlyList<PastOrder> Orders, double Now);

/// <param name="Day">Days since 1970.</param>
internal readonly record struct PastOrder(double Day, int[] Items);
