using System.ComponentModel.DataAnnotations;

namespace Expansion.Engine.Timing.Suppressions;

public sealed record AtRiskOptions
{
    /// <summary>Health below which a customer is at risk: 0 to 100.</summary>
    [Range(0, 100)]
    public double MinHealth { get; init; } = 40;

    /// <summary>Points a week that health may lose: 0.5 to 50.</summary>
    [Range(0.5, 50)]
    public double MaxFallPerWeek { get; init; } = 3;

    /// <summary>Fewest scores for a trend: 3 to 8.</summary>
    [Range(3, 8)]
    public int MinScores { get; init; } = 4;
}

/// <summary>Never to a customer who may be about to leave: health low or falling, payments failing, cancelled or cancelling.</summary>
internal sealed class AtRiskSuppression : ISuppression
{
    /// <summary>Health also changes as time passes, so what rests on it is looked at again.</summary>
    private const int AgainDays = 7;

    public string Name => TimingSuppressions.AtRisk;

    public Suppression? Check(TimingContext context)
    {
        var (options, subscription) = (context.Settings.AtRisk, context.Customer.Subscription);
        if (subscription.IsCancelled)
        {
            return this.Because($"The subscription is cancelled.");
        }

        if (subscription.PaymentFails)
        {
            return this.Because($"The last payment failed.");
        }

        var health = context.Health;
        var again = context.Now.AddDays(AgainDays);
        return health.Score < options.MinHealth ? this.Because($"Health is {health.Score:0}, {options.MinHealth:0} needed.", again)
            : health.History.Count >= options.MinScores && -health.SlopePerWeek > options.MaxFallPerWeek
                ? this.Because($"Health falls by {-health.SlopePerWeek:0.0} points a week, at most {options.MaxFallPerWeek:0.0} are tolerated.", again)
            : null;
    }
}
