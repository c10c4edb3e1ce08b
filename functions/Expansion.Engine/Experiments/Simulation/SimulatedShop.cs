using Expansion.Engine.Experiments.Planning;
using Expansion.Engine.Experiments.Sequential;
using Expansion.Engine.Experiments.Statistics;
using Expansion.Engine.Samples;

namespace Expansion.Engine.Experiments.Simulation;

/// <summary>
/// A test to simulate: equal traffic every day, split by chance, so many that the fixed-horizon test would end on day 28. Sums are drawn, not visitors.
/// </summary>
/// <param name="Baseline">Share of visitors of control that convert.</param>
/// <param name="Lift">Planned lift of conversion; the true one is either it or 0.</param>
/// <param name="Sigma">Spread of order values where capped revenue decides, null where conversion does.</param>
public sealed record SimulatedShop(double Baseline, double Lift, double? Sigma = null)
{
    public const int LooksPerDay = 20;
    public const int FixedDays = 28;

    private readonly OrderValues? _values = Sigma is { } sigma ? new(sigma) : null;

    public string Name => Sigma is { } sigma
        ? FormattableString.Invariant($"revenue s={sigma:0.0} conv+{Lift:P0}")
        : FormattableString.Invariant($"baseline {Baseline} lift {Lift}");

    /// <summary>Visitors an arm of the fixed-horizon test.</summary>
    public long VisitorsPerArm => (_values is null
        ? SampleSize.OfProportion(Baseline, Lift, new())
        : SampleSize.OfMean(PlannedMean, Math.Sqrt((Baseline * _values.MeanSquare) - (PlannedMean * PlannedMean)), Lift, new())).NControl!.Value;

    private double PlannedMean => Baseline * _values!.Mean;

    /// <summary>The planned sequential test for any looks, or for one a day.</summary>
    internal PlannedSequentialTest Test(bool onTicks)
    {
        var boundary = onTicks ? PlannedBoundary.Of().OnTicks : PlannedBoundary.Of();
        return _values is null ? PlannedSequentialTest.ForLift(boundary, Lift) : PlannedSequentialTest.ForMean(boundary, Lift, PlannedMean);
    }

    internal RevenueStatistic Draw(SplitMix64 chance, long visitors, double rate)
    {
        var conversions = BinomialSampler.Draw(chance, visitors, rate);
        if (_values is null)
        {
            return new(new(visitors, conversions, conversions), conversions);
        }

        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < conversions; i++)
        {
            var value = _values.Draw(chance);
            sum += value;
            squares += value * value;
        }

        return new(new(visitors, sum, squares), conversions);
    }
}
