namespace Expansion.Engine.Offers.Pricing.Plans;

/// <summary>How a third plan makes another look better.</summary>
public enum ContextEffect
{
    /// <summary>
    /// The third is worse than the target in everything and not than the competitor: the target gains by being the better of the two that can be compared.
    /// Huber, Payne, Puto (1982), Adding asymmetrically dominated alternatives, Journal of Consumer Research 9(1).
    /// </summary>
    AsymmetricDominance,

    /// <summary>
    /// The target stands in the middle, between one that is cheaper and gives less and one that is dearer and gives more.
    /// Simonson (1989), Choice based on reasons: the case of attraction and compromise effects, Journal of Consumer Research 16(2).
    /// </summary>
    Compromise,
}

/// <summary>One effect in a ladder.</summary>
/// <param name="Decoy">The plan that has the effect.</param>
/// <param name="Competitor">The plan that the target wins against.</param>
public sealed record LadderEffect(ContextEffect Effect, string Target, string Decoy, string Competitor, string Reason);

/// <summary>One rung of the ladder.</summary>
/// <param name="RatioToPrevious">Price over that of the shown plan below; null for the cheapest and above a free one.</param>
/// <param name="PricePerFeature">Monthly price over the number of features; null without features.</param>
/// <param name="PricePerAddedFeature">What each feature more than the plan below costs; null when it has none more.</param>
/// <param name="Share">Share of all customers on shown plans, 0 to 1; null when nobody is on any.</param>
/// <param name="Margin">Price less cost a month; null when the cost isn't known.</param>
/// <param name="AnnualDiscount">What paying by the year saves, as a share of twelve months; null when it can't be.</param>
public sealed record LadderRung(string Plan, Money Monthly, decimal? RatioToPrevious, decimal? PricePerFeature, decimal? PricePerAddedFeature, double? Share, Money? Margin, decimal? AnnualDiscount);

/// <summary>What a ladder does to the choice among its shown plans.</summary>
/// <param name="Target">Null when fewer than two plans are shown.</param>
public sealed record LadderAnalysis(string? Target, IReadOnlyList<LadderRung> Rungs, IReadOnlyList<LadderEffect> Effects)
{
    public static LadderAnalysis Of(PlanLadder ladder)
    {
        var shown = ladder.Shown();
        var customers = shown.Sum(plan => plan.Customers);
        var target = ladder.Target();
        return new(target?.Id, [.. shown.Select((plan, index) => Rung(plan, index == 0 ? null : shown[index - 1], customers))], target is null ? [] : [.. EffectsOn(target, shown)]);
    }

    /// <summary>What the others do for the target.</summary>
    internal static IEnumerable<LadderEffect> EffectsOn(Plan target, IReadOnlyCollection<Plan> plans)
    {
        var others = plans.Where(plan => plan.Id != target.Id).OrderBy(plan => plan.Monthly.Amount).ThenBy(plan => plan.Id, StringComparer.Ordinal).ToList();
        foreach (var decoy in others)
        {
            foreach (var competitor in others.Where(plan => plan != decoy))
            {
                if (target.Dominates(decoy) && !competitor.Dominates(decoy) && !target.Dominates(competitor))
                {
                    yield return new(ContextEffect.AsymmetricDominance, target.Id, decoy.Id, competitor.Id,
                        $"{target.Name} gives at least what {decoy.Name} gives and costs no more, {competitor.Name} doesn't: beside {decoy.Name}, {target.Name} is easy to choose over {competitor.Name}.");
                }

                if (IsBelow(competitor, target) && IsBelow(target, decoy))
                {
                    yield return new(ContextEffect.Compromise, target.Id, decoy.Id, competitor.Id,
                        $"{target.Name} is the middle: it gives more than {competitor.Name} and costs less than {decoy.Name}.");
                }
            }
        }
    }

    private static bool IsBelow(Plan less, Plan more) => less.Monthly.Amount < more.Monthly.Amount && more.GivesAtLeast(less) && !less.GivesAtLeast(more);

    private static LadderRung Rung(Plan plan, Plan? below, long customers)
    {
        var added = below is null ? 0 : plan.Features.Except(below.Features).Count();
        return new(
            plan.Id, plan.Monthly,
            below is { Monthly.Amount: > 0 } ? plan.Monthly.Amount / below.Monthly.Amount : null,
            plan.Features.Count > 0 ? plan.Monthly.Amount / plan.Features.Count : null,
            added > 0 ? (plan.Monthly.Amount - below!.Monthly.Amount) / added : null,
            customers > 0 ? (double)plan.Customers / customers : null,
            plan.MonthlyCost is { } cost ? plan.Monthly - cost : null,
            plan is { Annual: { } annual, Monthly.Amount: > 0 } ? 1 - (annual.Amount / (12 * plan.Monthly.Amount)) : null);
    }
}
