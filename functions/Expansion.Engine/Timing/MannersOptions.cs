using System.ComponentModel.DataAnnotations;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Timing;

/// <summary>How often, and when, a customer may be spoken to.</summary>
public sealed record MannersOptions : IValidatableObject
{
    /// <summary>Offers a customer gets in a day of the shop at most: 1 to 5.</summary>
    [Range(1, 5)]
    public int PerDay { get; init; } = 1;

    /// <summary>In seven days: 1 to 15.</summary>
    [Range(1, 15)]
    public int PerWeek { get; init; } = 3;

    /// <summary>In thirty days: 1 to 30.</summary>
    [Range(1, 30)]
    public int PerMonth { get; init; } = 6;

    /// <summary>In a session: 1 to 5.</summary>
    [Range(1, 5)]
    public int PerSession { get; init; } = 1;

    /// <summary>At single touchpoints in seven days: 0 to 15; 0 turns one off.</summary>
    public IReadOnlyDictionary<Touchpoint, int> PerTouchpointAndWeek { get; init; } = new Dictionary<Touchpoint, int> { [Touchpoint.PostPurchaseEmail] = 1, [Touchpoint.CustomerSuccess] = 1 };

    /// <summary>Days of silence about what was rejected, and anything like it: 60 to 90.</summary>
    [Range(60, 90)]
    public int CooldownDays { get; init; } = 75;

    /// <summary>Days before the same is offered again to who hasn't answered: 1 to 90.</summary>
    [Range(1, 90)]
    public int RepeatDays { get; init; } = 14;

    /// <summary>First hour of the shop's day in which offers are sent: 0 to 22.</summary>
    [Range(0, 22)]
    public int SendFromHour { get; init; } = 9;

    /// <summary>The hour from which they aren't any more: 1 to 23.</summary>
    [Range(1, 23)]
    public int SendUntilHour { get; init; } = 18;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SendUntilHour <= SendFromHour)
        {
            yield return new("must be after send_from_hour", [nameof(SendUntilHour)]);
        }

        if (PerTouchpointAndWeek.Values.Any(most => most is < 0 or > 15))
        {
            yield return new("must be from 0 to 15 for each touchpoint", [nameof(PerTouchpointAndWeek)]);
        }
    }
}
