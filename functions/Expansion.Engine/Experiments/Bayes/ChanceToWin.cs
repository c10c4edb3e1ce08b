using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Bayes;

/// <summary>Chance to win and expected loss, for those who prefer them. Never a reason to stop: watched, they are wrong 28 to 47 times in 100.</summary>
public sealed record RateReadout(
    BetaPosterior PosteriorControl, BetaPosterior PosteriorTreatment, double ChanceToWin, double ExpectedLossTreatment, double ExpectedLossControl)
{
    public double MeanControl => PosteriorControl.Mean;

    public double MeanTreatment => PosteriorTreatment.Mean;

    public required Interval CredibleControl { get; init; }

    public required Interval CredibleTreatment { get; init; }
}

/// <summary>The same for any effect with a standard error.</summary>
public sealed record EffectReadout(double PosteriorMean, double PosteriorSd, double ChanceToWin, double ExpectedLossTreatment, double ExpectedLossControl)
{
    public required Interval Ci { get; init; }
}

public static class ChanceToWin
{
    /// <summary>The loss of shipping treatment is E max(pA − pB, 0): the rate given away should control be the better one after all.</summary>
    public static RateReadout Of(ConversionStatistic control, ConversionStatistic treatment, double priorA = 1, double priorB = 1, double alpha = 0.05)
    {
        var (a, b) = (BetaPosterior.Of(control, priorA, priorB), BetaPosterior.Of(treatment, priorA, priorB));
        return new(a, b, b.ChanceAbove(a), Gain(a, b), Gain(b, a)) { CredibleControl = a.Credible(alpha), CredibleTreatment = b.Credible(alpha) };
    }

    /// <summary>A normal effect with a normal prior; a prior without spread is none.</summary>
    public static EffectReadout Of(double effect, double se, double priorMean = 0, double? priorSd = null, double alpha = 0.05)
    {
        if (se is not > 0 || priorSd is <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(se), se, "An effect is believed as far as its error allows: the standard errors must be above 0.");
        }

        var (mean, sd) = (effect, se);
        if (priorSd is { } prior)
        {
            var (known, believed) = (1 / (se * se), 1 / (prior * prior));
            (mean, sd) = (((effect * known) + (priorMean * believed)) / (known + believed), 1 / Math.Sqrt(known + believed));
        }

        var (z, density) = (mean / sd, sd * Normal.Density(mean / sd));
        return new(mean, sd, Normal.Below(z), density - (mean * Normal.Above(z)), density + (mean * Normal.Below(z))) { Ci = new Effect(mean, sd).Within(Normal.Width(alpha)) };
    }

    /// <summary>E max(p − q, 0) = E(p) P(p′ &gt; q) − E(q) P(p &gt; q′), where a prime is one conversion more.</summary>
    private static double Gain(BetaPosterior p, BetaPosterior q) =>
        Math.Max(0, (p.Mean * (p with { A = p.A + 1 }).ChanceAbove(q)) - (q.Mean * p.ChanceAbove(q with { A = q.A + 1 })));
}
