using System.Text.Json.Serialization;

namespace Expansion.Engine.Experiments.Bayes;

/// <summary>The forecast: an observed lift pulled towards none, because whatever stopped early overstates.</summary>
/// <param name="Weight">Share of the observed lift that is believed.</param>
public sealed record ShrunkLift(double Weight, double ShrunkLogEffect, [property: JsonPropertyName("shrunk_lift")] double Lift)
{
    /// <summary>weight = prior²/(prior² + se²) on the log scale.</summary>
    public static ShrunkLift Of(double logEffect, double se, double priorSd = 0.1)
    {
        var weight = priorSd * priorSd / ((priorSd * priorSd) + (se * se));
        return new(weight, weight * logEffect, Math.Exp(weight * logEffect) - 1);
    }
}
