using Expansion.Engine.Experiments.Guardrails;
using Expansion.Engine.Experiments.Traffic;
using Expansion.Engine.Samples;

namespace Expansion.Engine.Experiments.Simulation;

/// <param name="Alarms">Share of runs with an alarm.</param>
/// <param name="MeanDay">Of the alarm, the last day where there was none.</param>
public sealed record TrafficResult(double TrueShare, SimulatedShare Alarms, double MeanDay);

/// <param name="Passes">Share of runs in which the guardrail lets treatment through.</param>
public sealed record GuardrailResult(long ControlOrders, double TrueChange, SimulatedShare Passes, SimulatedShare Fails);

/// <summary>What guards an experiment: the sequential sample-ratio test and the guardrail of returns, simulated with the engine's own code.</summary>
public static class SafetySimulation
{
    private const int Days = 56;
    private const long VisitorsADay = 2000;

    /// <summary>A look a day for 56 days, 2,000 visitors a day, configured 50/50.</summary>
    /// <param name="trueShare">Share of the visitors that really reach treatment: 0.5 is no fault.</param>
    public static TrafficResult Traffic(double trueShare, int runs, ulong seed)
    {
        var (alarms, days) = (0L, 0L);
        for (var run = 0; run < runs; run++)
        {
            var chance = SplitMix64.For(seed, run);
            var result = SequentialSampleRatioTest.Run(Enumerable.Range(0, Days).Select(_ => Day(chance)), [1, 1]);
            alarms += result.Mismatch ? 1 : 0;
            days += result.FlaggedAt + 1 ?? Days;
        }

        return new(trueShare, SimulatedShare.Of(alarms, runs), (double)days / runs);

        long[] Day(SplitMix64 chance)
        {
            var treatment = BinomialSampler.Draw(chance, VisitorsADay, trueShare);
            return [VisitorsADay - treatment, treatment];
        }
    }

    /// <summary>10 % of the orders of control come back, treatment has 20 % more orders; at most 5 % observed, margin 20 %.</summary>
    public static GuardrailResult Returns(long orders, double trueChange, int runs, ulong seed)
    {
        var (passes, fails, limit) = (0L, 0L, new HarmLimit(0.2, 0.05, LowerIsBetter: true));
        var more = (long)Math.Round(orders * 1.2);
        for (var run = 0; run < runs; run++)
        {
            var chance = SplitMix64.For(seed, run);
            var control = new EventCount(orders, BinomialSampler.Draw(chance, orders, 0.1));
            var treatment = new EventCount(more, BinomialSampler.Draw(chance, more, 0.1 * (1 + trueChange)));
            var verdict = GuardrailReading.OfRate("returns", control, treatment, limit, mature: true).Verdict;
            passes += verdict == GuardrailVerdict.Pass ? 1 : 0;
            fails += verdict == GuardrailVerdict.Fail ? 1 : 0;
        }

        return new(orders, trueChange, SimulatedShare.Of(passes, runs), SimulatedShare.Of(fails, runs));
    }
}
