namespace Expansion.Engine.Offers.Pricing.Plans;

/// <summary>What a suggested set of plans must keep to.</summary>
public sealed record LadderBounds
{
    /// <summary>Most plans shown side by side: 2 to 4.</summary>
    public int MostPlans { get; init; } = 3;

    /// <summary>Least price of a plan over that of the plan below: 1 to 10.</summary>
    public decimal LeastRatio { get; init; } = 1.2m;

    /// <summary>Most: 1 to 100.</summary>
    public decimal MostRatio { get; init; } = 5;
}

/// <summary>Which existing plans to show so that the target is easy to choose.</summary>
/// <param name="Plans">Ids of plans a customer can buy, cheapest first; empty when no set is better than what is shown.</param>
/// <param name="Highlight">The plan to point out.</param>
/// <param name="Reason">Why these, or why none.</param>
public sealed record LadderSuggestion(IReadOnlyList<string> Plans, string? Highlight, IReadOnlyList<LadderEffect> Effects, string Reason)
{
    /// <summary>
    /// Of all sets of plans on sale that hold the target and keep to the bounds, the one that puts it in the middle, then the one with the most effects,
    /// then the one with the fewest plans that nobody should buy, then the one nearest to what is shown now.
    /// </summary>
    public static LadderSuggestion For(PlanLadder ladder, LadderBounds bounds)
    {
        var onSale = ladder.Plans.Where(plan => plan.OnSale).OrderBy(plan => plan.Monthly.Amount).ThenBy(plan => plan.Id, StringComparer.Ordinal).ToList();
        if (ladder.Target() is not { } target)
        {
            return new([], null, [], "There are not two plans on sale to choose between.");
        }

        var shown = ladder.Shown().Select(plan => plan.Id).ToHashSet();
        var best = Sets(onSale.Where(plan => plan != target).ToList(), bounds.MostPlans - 1)
            .Select(others => others.Append(target).OrderBy(onSale.IndexOf).ToList())
            .Where(set => KeepsTo(set, bounds))
            .Select(set => (Set: set, Effects: LadderAnalysis.EffectsOn(target, set).ToList()))
            .Where(candidate => candidate.Effects.Count > 0)
            .OrderByDescending(candidate => candidate.Effects.Exists(effect => effect.Effect == ContextEffect.Compromise))
            .ThenByDescending(candidate => candidate.Effects.Count)
            .ThenBy(candidate => candidate.Set.Count(plan => candidate.Set.Exists(other => other.Dominates(plan))))
            .ThenBy(candidate => candidate.Set.Count(plan => !shown.Contains(plan.Id)))
            .ThenBy(candidate => string.Join('\n', candidate.Set.Select(plan => plan.Id)), StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Set is null
            ? new([], null, [], FormattableString.Invariant($"No set of up to {bounds.MostPlans} plans on sale with prices {bounds.LeastRatio:0.##} to {bounds.MostRatio:0.##} times the one below makes {target.Name} look better."))
            : new([.. best.Set.Select(plan => plan.Id)], target.Id, best.Effects, best.Effects[0].Reason);
    }

    /// <summary>The ladder as it is, the suggestion, and the suggestion with the dearest first, as the settings of an experiment's variations.</summary>
    /// <remarks>Dearest first: Suk, Lee, Lichtenstein (2012), The influence of price presentation order on consumer choice, Journal of Marketing Research 49(5).</remarks>
    public IReadOnlyList<PricingVariation> Variations(PlanLadder ladder) => Plans.Count == 0 ? [] :
    [
        new("control", Settings(ladder.Shown().Select(plan => plan.Id), highlight: null)),
        new("suggested", Settings(Plans, Highlight)),
        new("suggested_dearest_first", Settings(Plans.Reverse(), Highlight)),
    ];

    private static Dictionary<string, string> Settings(IEnumerable<string> plans, string? highlight)
    {
        var settings = new Dictionary<string, string> { ["plans"] = string.Join(',', plans) };
        if (highlight is not null)
        {
            settings["highlight"] = highlight;
        }

        return settings;
    }

    private static bool KeepsTo(List<Plan> set, LadderBounds bounds) => set.Zip(set.Skip(1)).All(pair =>
        pair.First.Monthly.Amount == 0 || (pair.Second.Monthly.Amount / pair.First.Monthly.Amount) is var ratio
            && (ratio <= bounds.MostRatio && (ratio >= bounds.LeastRatio || pair.First.Dominates(pair.Second) || pair.Second.Dominates(pair.First))));

    /// <summary>Every choice of one to <paramref name="most"/> plans.</summary>
    private static IEnumerable<IEnumerable<Plan>> Sets(List<Plan> plans, int most) => most == 0 ? [] :
        plans.SelectMany((plan, index) => Sets(plans[(index + 1)..], most - 1).Select(rest => rest.Prepend(plan)).Prepend([plan]));
}

/// <summary>One way to present prices, as an experiment's named settings.</summary>
public sealed record PricingVariation(string Name, IReadOnlyDictionary<string, string> Settings);
