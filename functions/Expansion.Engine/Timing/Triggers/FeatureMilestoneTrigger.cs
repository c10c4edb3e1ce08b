using System.ComponentModel.DataAnnotations;
using Expansion.Engine.Offers;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Timing.Triggers;

public sealed record FeatureMilestoneOptions
{
    /// <summary>Share of the plan's features that makes the milestone: 0.2 to 1.</summary>
    [Range(0.2, 1)]
    public double Share { get; init; } = 0.75;

    /// <summary>Fewest features, whatever their share: 1 to 50.</summary>
    [Range(1, 50)]
    public int MinFeatures { get; init; } = 3;

    /// <summary>Days for which reaching it is news: 1 to 31.</summary>
    [Range(1, 31)]
    public int FreshDays { get; init; } = 7;
}

/// <summary>The customer has found X of the plan's Y features.</summary>
internal sealed class FeatureMilestoneTrigger : ITimingTrigger
{
    public string Name => TimingTriggers.FeatureMilestone;

    public IReadOnlyList<Touchpoint> Touchpoints => [Touchpoint.InApp, Touchpoint.Onboarding, Touchpoint.AccountPage, Touchpoint.CustomerSuccess];

    public TriggerReading Read(TimingContext context)
    {
        var options = context.Settings.FeatureMilestone;
        if (context.Customer.Subscription.Terms?.Value is not { } terms || context.Plans.FeaturesOf(terms) is not { Count: > 0 } features)
        {
            return this.No($"Which features the plan has isn't known.");
        }

        var found = context.Customer.Usage.Features.Where(use => features.Contains(use.Key)).Select(use => use.Value.FirstAt!.Value).Order().ToList();
        var needed = Math.Max(options.MinFeatures, (int)Math.Ceiling((options.Share * features.Count) - 1e-9));
        if (found.Count < needed)
        {
            return this.No($"{found.Count} of {features.Count} features used, {needed} needed.");
        }

        var until = found[needed - 1].AddDays(options.FreshDays);
        return context.Now <= until
            ? this.Fires($"{terms.Plan}:{needed}", until, $"{found.Count} of the {features.Count} features of {terms.Plan} are in use.")
            : this.No($"{needed} of {features.Count} features were reached more than {options.FreshDays} days ago.");
    }
}
