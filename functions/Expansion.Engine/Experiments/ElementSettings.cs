using Expansion.Engine.Recommendations.Serving;

namespace Expansion.Engine.Experiments;

/// <summary>The settings of the offer engine that each element may vary: an experiment on copy that also moves the price would explain nothing.</summary>
public static class ElementSettings
{
    /// <summary>What the candidates are ranked by, as a word of <see cref="RankBy"/>.</summary>
    public const string Ranking = "ranking";

    private static readonly IReadOnlyCollection<string> Rankings = ExpansionJson.Words<RankBy>();

    private static readonly Dictionary<ExperimentElement, string[]> Names = new()
    {
        [ExperimentElement.Placement] = ["placement", "position", "layout"],
        [ExperimentElement.PricingPresentation] = ["anchor", "decoy", "price_format", "plans", "highlight"],
        [ExperimentElement.ProductCombination] = [Ranking, "bundle_size"],
        [ExperimentElement.Timing] = ["delay_days", "trigger", "hour"],
        [ExperimentElement.Copy] = ["style", "headline", "body", "call_to_action"],
        [ExperimentElement.Incentive] = ["incentive", "discount_percent", "free_shipping", "gift"],
    };

    public static IReadOnlyList<string> Of(ExperimentElement element) => Names[element];

    internal static IEnumerable<(string Name, string Words)> Mistakes(ExperimentElement element, Variation variation) =>
        variation.Settings.Keys.Except(Names[element], StringComparer.Ordinal)
            .Select(name => ($"{variation.Name}.{name}", $"isn't a setting of {element}; there are {string.Join(", ", Names[element])}"))
            .Concat(variation.Settings.TryGetValue(Ranking, out var ranking) && !Rankings.Contains(ranking) ? [($"{variation.Name}.{Ranking}", $"must be one of {string.Join(", ", Rankings)}")] : []);
}
