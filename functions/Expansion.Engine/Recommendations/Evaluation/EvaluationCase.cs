namespace Expansion.Engine.Recommendations.Evaluation;

/// <summary>A question whose answer is known.</summary>
/// <param name="Targets">What was bought; at least one, known to the model or not.</param>
public sealed record EvaluationCase(string Id, RecommendationRequest Request, IReadOnlySet<Sku> Targets);
