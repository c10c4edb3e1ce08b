using Expansion.Engine.Experiments.Statistics;
using Expansion.Engine.Samples;

namespace Expansion.Engine.Experiments.Simulation;

/// <summary>
/// What orders are worth: lognormal with a mean of 60, capped at its 99th percentile, as 65,536 quantiles of equal chance, so that a draw is a look-up.
/// </summary>
internal sealed class OrderValues
{
    private const int Quantiles = 1 << 16;
    private const double MeanValue = 60;

    private readonly double[] _values = new double[Quantiles];

    public OrderValues(double sigma)
    {
        var mu = Math.Log(MeanValue) - (sigma * sigma / 2);
        var cap = Math.Exp(mu + (sigma * Normal.Quantile(0.99)));
        for (var i = 0; i < Quantiles; i++)
        {
            _values[i] = Math.Min(cap, Math.Exp(mu + (sigma * Normal.Quantile((i + 0.5) / Quantiles))));
            Mean += _values[i] / Quantiles;
            MeanSquare += _values[i] * _values[i] / Quantiles;
        }
    }

    public double Mean { get; }

    public double MeanSquare { get; }

    public double Draw(SplitMix64 chance) => _values[chance.Next() >> 48];
}
