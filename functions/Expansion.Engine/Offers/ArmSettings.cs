using System.Globalization;
using System.Text.Json;
using Expansion.Engine.Offers.Pricing.Anchors;
using Expansion.Engine.Offers.Pricing.Incentives;
using Expansion.Engine.Offers.Pricing.Presentation;
using Expansion.Engine.Timing;

namespace Expansion.Engine.Offers;

/// <summary>
/// What an experiment's arm changes of an offer; what it says of placement goes to the touchpoint as it is. A value that can't be read, or breaks a bound of the settings,
/// changes nothing: an experiment may not do what a shop may not.
/// </summary>
public static class ArmSettings
{
    private const string NoAnchor = "none";

    /// <summary>delay_days: days after a purchase. hour: from which offers are sent. trigger: the only one that counts.</summary>
    public static TimingSettings With(this TimingSettings settings, ExperimentArm? arm)
    {
        if (arm is null || arm.Settings.Count == 0)
        {
            return settings;
        }

        var changed = settings with
        {
            PostPurchase = Number(arm, "delay_days") is { } days ? settings.PostPurchase with { AfterDays = (int)days } : settings.PostPurchase,
            Manners = Number(arm, "hour") is { } hour ? settings.Manners with { SendFromHour = (int)hour } : settings.Manners,
            TriggersOff = arm.Settings.TryGetValue("trigger", out var only) && TimingTriggers.All.Any(trigger => trigger.Name == only)
                ? [.. TimingTriggers.All.Select(trigger => trigger.Name).Where(name => name != only)]
                : settings.TriggersOff,
        };
        return changed.Validate().Count == 0 ? changed : settings;
    }

    /// <summary>discount_percent: off the price.</summary>
    public static Incentive Incentive(this ExperimentArm? arm) =>
        Number(arm, "discount_percent") is { } percent and > 0 and < 100 ? new Incentive.Percentage(percent / 100) : new Incentive.None();

    /// <summary>anchor: the only kind that may be used, or none.</summary>
    public static AnchorFacts? With(this AnchorFacts? facts, ExperimentArm? arm) => facts is null || arm is null || !arm.Settings.TryGetValue("anchor", out var only) ? facts
        : only == NoAnchor ? null
        : facts with
        {
            Spend = only == Word(AnchorKind.CurrentSpend) ? facts.Spend : null,
            Alternative = only == Word(AnchorKind.Alternative) ? facts.Alternative : null,
            Work = only == Word(AnchorKind.CostOfNotUpgrading) ? facts.Work : null,
        };

    /// <summary>headline, body, call_to_action: instead of the template's.</summary>
    public static OfferPresentation With(this OfferPresentation presentation, ExperimentArm? arm) => arm is null ? presentation : presentation with
    {
        Headline = arm.Settings.GetValueOrDefault("headline", presentation.Headline),
        Body = arm.Settings.GetValueOrDefault("body", presentation.Body),
        CallToAction = arm.Settings.GetValueOrDefault("call_to_action", presentation.CallToAction),
    };

    private static decimal? Number(ExperimentArm? arm, string name) =>
        arm?.Settings.TryGetValue(name, out var text) == true && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1000 ? number : null;

    private static string Word(AnchorKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
