using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Expansion.Engine.Timing.Health;
using Expansion.Engine.Timing.Suppressions;
using Expansion.Engine.Timing.Triggers;

namespace Expansion.Engine.Timing;

/// <summary>A shop's options of everything that decides when to speak. Each has a default that works; a change counts within seconds.</summary>
public sealed record TimingSettings
{
    public static TimingSettings Default { get; } = new();

    /// <summary>Names of triggers that are turned off.</summary>
    public IReadOnlyList<string> TriggersOff { get; init; } = [];

    public PlanLimitOptions PlanLimit { get; init; } = new();

    public FeatureMilestoneOptions FeatureMilestone { get; init; } = new();

    public SupportResolutionOptions SupportResolution { get; init; } = new();

    public PurchaseAnniversaryOptions PurchaseAnniversary { get; init; } = new();

    public HighUsageWeekOptions HighUsageWeek { get; init; } = new();

    public PositiveReviewOptions PositiveReview { get; init; } = new();

    public CartPageOptions CartPage { get; init; } = new();

    public PostPurchaseOptions PostPurchase { get; init; } = new();

    public HealthPeakOptions HealthPeak { get; init; } = new();

    public SeasonOptions Season { get; init; } = new();

    public SupportCrisisOptions SupportCrisis { get; init; } = new();

    public PriceIncreaseOptions PriceIncrease { get; init; } = new();

    public AtRiskOptions AtRisk { get; init; } = new();

    public HealthOptions Health { get; init; } = new();

    public AdoptionOptions Adoption { get; init; } = new();

    public MannersOptions Manners { get; init; } = new();

    public ThrottleOptions Throttle { get; init; } = new();

    /// <summary>Every mistake, by its path; empty when all is well.</summary>
    public IReadOnlyDictionary<string, string[]> Validate()
    {
        var errors = Check(this, "").GroupBy(error => error.Path).ToDictionary(group => group.Key, group => group.Select(error => error.Reason).ToArray());
        foreach (var unknown in TriggersOff.Where(name => TimingTriggers.All.All(trigger => trigger.Name != name)))
        {
            errors["triggers_off"] = [$"'{unknown}' is no trigger; there are {string.Join(", ", TimingTriggers.All.Select(trigger => trigger.Name))}"];
        }

        return errors;
    }

    private static IEnumerable<(string Path, string Reason)> Check(object options, string path)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new(options), results, validateAllProperties: true);
        var own = results.SelectMany(result => result.MemberNames, (result, member) => (path + JsonNamingPolicy.SnakeCaseLower.ConvertName(member), result.ErrorMessage ?? "is not valid"));
        var inner = options.GetType().GetProperties()
            .Where(property => property.GetIndexParameters().Length == 0 && property.PropertyType.Namespace?.StartsWith(nameof(Expansion), StringComparison.Ordinal) == true && property.PropertyType.IsClass)
            .Where(property => !property.GetMethod!.IsStatic)
            .SelectMany(property => property.GetValue(options) is { } value and not IEnumerable
                ? Check(value, $"{path}{JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}.")
                : [(path + JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), "can't be null")]);
        return own.Concat(inner);
    }
}
