using Expansion.Engine.Timing.Suppressions;

namespace Expansion.Engine.Timing;

/// <summary>Every reason to stay silent: the three nevers, and the manners. A new one is a class in Suppressions/ and a line here.</summary>
public static class TimingSuppressions
{
    public const string Holdout = "holdout";
    public const string OptOut = "opt_out";
    public const string SupportCrisis = "support_crisis";
    public const string PriceIncrease = "price_increase";
    public const string AtRisk = "at_risk";
    public const string Interaction = "interaction";
    public const string FrequencyCap = "frequency_cap";
    public const string Throttle = "throttle";
    public const string SendingHours = "sending_hours";
    public const string Uninstalled = "uninstalled";

    public static IReadOnlyList<ISuppression> All { get; } =
    [
        new OptOutSuppression(),
        new HoldoutSuppression(),
        new SupportCrisisSuppression(),
        new PriceIncreaseSuppression(),
        new AtRiskSuppression(),
        new InteractionSuppression(),
        new FrequencyCapSuppression(),
        new ThrottleSuppression(),
        new SendingHoursSuppression(),
        new UninstalledSuppression(),
    ];
}
