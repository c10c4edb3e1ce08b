namespace Expansion.Engine.Recommendations.Ranking;

/// <summary>A context out of the past with what was really bought then.</summary>
internal sealed record RankingCase(CustomerContext Context, IReadOnlySet<int> Bought);
