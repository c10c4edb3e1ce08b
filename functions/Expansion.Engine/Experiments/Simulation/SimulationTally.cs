using Expansion.Engine.Experiments.Sequential;
using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Simulation;

/// <summary>What became of many simulated tests. Combines with +, in whole numbers of visitors, so that the order of the threads doesn't matter.</summary>
/// <param name="Visitors">Of both arms when the test stopped, over all runs.</param>
public readonly record struct SimulationTally(long Runs, long TreatmentWins, long ControlWins, long Visitors, double SquaredVisitors)
{
    internal static SimulationTally Of(SequentialDecision decision, long visitors) => new(
        1, decision == SequentialDecision.WinnerTreatment ? 1 : 0, decision == SequentialDecision.WinnerControl ? 1 : 0, visitors, (double)visitors * visitors);

    public static SimulationTally operator +(SimulationTally left, SimulationTally right) => new(
        left.Runs + right.Runs,
        left.TreatmentWins + right.TreatmentWins,
        left.ControlWins + right.ControlWins,
        left.Visitors + right.Visitors,
        left.SquaredVisitors + right.SquaredVisitors);

    public static SimulationTally Add(SimulationTally left, SimulationTally right) => left + right;

    public SimulatedShare Either => SimulatedShare.Of(TreatmentWins + ControlWins, Runs);

    public SimulatedShare Power => SimulatedShare.Of(TreatmentWins, Runs);

    /// <summary>Mean visitors of both arms when the test stopped, as a share of the fixed-horizon test's.</summary>
    public SimulatedShare MeanSample(long fixedVisitors)
    {
        var statistic = new MeanStatistic(Runs, (double)Visitors / fixedVisitors, SquaredVisitors / fixedVisitors / fixedVisitors);
        return new(statistic.Mean ?? 0, Math.Sqrt((statistic.Variance ?? 0) / Math.Max(1, Runs)));
    }
}

/// <summary>A simulated figure and its Monte-Carlo error (one standard error).</summary>
public readonly record struct SimulatedShare(double Value, double Error)
{
    public static SimulatedShare Of(long events, long runs)
    {
        var share = (double)events / Math.Max(1, runs);
        return new(share, Math.Sqrt(share * (1 - share) / Math.Max(1, runs)));
    }
}
