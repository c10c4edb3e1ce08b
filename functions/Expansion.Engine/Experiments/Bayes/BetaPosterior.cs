using System.Text.Json;
using System.Text.Json.Serialization;
using Expansion.Engine.Experiments.Statistics;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Expansion.Engine.Experiments.Bayes;

/// <summary>What is believed about one rate: Beta(a, b), a conversions and b visitors without, the prior's included. Written as [a, b].</summary>
[JsonConverter(typeof(BetaPosteriorConverter))]
public readonly record struct BetaPosterior(double A, double B)
{
    public double Mean => A / (A + B);

    public static BetaPosterior Of(ConversionStatistic arm, double priorA = 1, double priorB = 1) =>
        priorA > 0 && priorB > 0 && arm.Conversions >= 0 && arm.Conversions <= arm.Visitors
            ? new(priorA + arm.Conversions, priorB + arm.Visitors - arm.Conversions)
            : throw new ArgumentException($"No posterior: {arm.Conversions} of {arm.Visitors} converted, prior Beta({priorA}, {priorB}).", nameof(arm));

    /// <summary>The middle 1 − <paramref name="alpha"/>.</summary>
    public Interval Credible(double alpha = 0.05) => new(Beta.InvCDF(A, B, alpha / 2), Beta.InvCDF(A, B, 1 - (alpha / 2)));

    /// <summary>P(this rate &gt; the other). Integrated over the narrower of the two, on the log-odds scale, where the density is smooth up to both ends.</summary>
    public double ChanceAbove(BetaPosterior other) => Spread <= other.Spread ? Average(other.Below) : 1 - other.Average(Below);

    /// <summary>P(this rate &gt; all others): 1 without others.</summary>
    public double ChanceAbove(IReadOnlyList<BetaPosterior> others) =>
        others.Count == 1 ? ChanceAbove(others[0]) : Average(rate => others.Aggregate(1.0, (chance, other) => chance * other.Below(rate)));

    private double Below(double rate) => rate <= 0 ? 0 : rate >= 1 ? 1 : SpecialFunctions.BetaRegularized(A, B, rate);

    /// <summary>About the variance of the log-odds.</summary>
    private double Spread => (1 / A) + (1 / B);

    /// <summary>The trapezoid rule, which converges exponentially for a smooth function that vanishes at both ends.</summary>
    private double Average(Func<double, double> function)
    {
        const int Steps = 400;
        var mode = Math.Log(A / B);
        var (low, high) = (Reach(mode, -1), Reach(mode, 1));
        var (top, weights, sum) = (LnDensity(mode), 0.0, 0.0);
        for (var i = 0; i <= Steps; i++)
        {
            var odds = low + ((high - low) * i / Steps);
            var weight = Math.Exp(LnDensity(odds) - top);
            weights += weight;
            sum += weight * function(1 / (1 + Math.Exp(-odds)));
        }

        return sum / weights;
    }

    /// <summary>Where the density has fallen to e^−45 of the top.</summary>
    private double Reach(double mode, int direction)
    {
        var (step, floor) = (Math.Sqrt(Spread), LnDensity(mode) - 45);
        var edge = mode;
        while (LnDensity(edge) > floor)
        {
            edge += direction * step;
        }

        return edge;
    }

    /// <summary>ln of the density of the log-odds, but for a constant: a u − (a + b) ln(1 + e^u).</summary>
    private double LnDensity(double odds) => (A * odds) - ((A + B) * (odds > 0 ? odds + Math.Log(1 + Math.Exp(-odds)) : Math.Log(1 + Math.Exp(odds))));
}

internal sealed class BetaPosteriorConverter : JsonConverter<BetaPosterior>
{
    public override BetaPosterior Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<double[]>(ref reader, options) is [var a, var b] ? new(a, b) : throw new JsonException("A posterior is [a, b].");

    public override void Write(Utf8JsonWriter writer, BetaPosterior value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new[] { value.A, value.B }, options);
}
