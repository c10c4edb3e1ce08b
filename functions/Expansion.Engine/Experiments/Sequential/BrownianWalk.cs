using Expansion.Engine.Experiments.Statistics;
using MathNet.Numerics;

namespace Expansion.Engine.Experiments.Sequential;

/// <summary>
/// A standard Brownian motion W(t) that is looked at now and then and stopped where |W(t)|/√t reaches a bound; keeps the density of the walks that
/// weren't stopped, on a grid with Simpson's weights.
/// </summary>
internal sealed class BrownianWalk
{
    /// <summary>Grid points in one standard deviation of a step; 8 leaves an error below 1e-7.</summary>
    private const int PointsPerDeviation = 8;

    private double _time;
    private double _crossed;
    private double[] _places = [0];
    private double[] _mass = [1];

    /// <summary>The probability of having been stopped up to time <paramref name="t"/>, should the bound there be <paramref name="bound"/>.</summary>
    public double CrossedAt(double t, double bound)
    {
        var (edge, deviation, sum) = (bound * Math.Sqrt(t), Math.Sqrt(t - _time), _crossed);
        for (var i = 0; i < _places.Length; i++)
        {
            sum += _mass[i] * (Normal.Above((edge - _places[i]) / deviation) + Normal.Above((edge + _places[i]) / deviation));
        }

        return sum;
    }

    /// <summary>Goes on to time <paramref name="t"/> and stops what is at or beyond the bound.</summary>
    public double Step(double t, double bound)
    {
        _crossed = CrossedAt(t, bound);
        var deviation = Math.Sqrt(t - _time);
        // Beyond 8 deviations of the walk itself there is nothing to follow.
        var edge = Math.Min(bound, 8) * Math.Sqrt(t);
        var intervals = 2 * Math.Max(64, (int)Math.Ceiling(edge / deviation * PointsPerDeviation));
        var step = 2 * edge / intervals;
        var (places, mass) = (new double[intervals + 1], new double[intervals + 1]);
        for (var i = 0; i <= intervals; i++)
        {
            places[i] = -edge + (i * step);
            var weight = step / 3 * (i == 0 || i == intervals ? 1 : i % 2 == 1 ? 4 : 2);
            mass[i] = weight * Density(places[i], deviation);
        }

        (_time, _places, _mass) = (t, places, mass);
        return _crossed;
    }

    private double Density(double place, double deviation)
    {
        var sum = 0.0;
        for (var i = 0; i < _places.Length; i++)
        {
            var z = (place - _places[i]) / deviation;
            sum += _mass[i] * Math.Exp(-z * z / 2);
        }

        return sum / (deviation * Constants.Sqrt2Pi);
    }
}
