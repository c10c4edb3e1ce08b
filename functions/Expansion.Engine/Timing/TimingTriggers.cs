using Expansion.Engine.Timing.Triggers;

namespace Expansion.Engine.Timing;

/// <summary>The ten reasons to offer. A new one is a class in Triggers/ and a line here.</summary>
public static class TimingTriggers
{
    public const string PlanLimit = "plan_limit";
    public const string FeatureMilestone = "feature_milestone";
    public const string SupportResolution = "support_resolution";
    public const string PurchaseAnniversary = "purchase_anniversary";
    public const string HighUsageWeek = "high_usage_week";
    public const string PositiveReview = "positive_review";
    public const string CartPage = "cart_page";
    public const string PostPurchase = "post_purchase";
    public const string HealthPeak = "health_peak";
    public const string Season = "season";

    public static IReadOnlyList<ITimingTrigger> All { get; } =
    [
        new PlanLimitTrigger(),
        new FeatureMilestoneTrigger(),
        new SupportResolutionTrigger(),
        new PurchaseAnniversaryTrigger(),
        new HighUsageWeekTrigger(),
        new PositiveReviewTrigger(),
        new CartPageTrigger(),
        new PostPurchaseTrigger(),
        new HealthPeakTrigger(),
        new SeasonTrigger(),
    ];
}
