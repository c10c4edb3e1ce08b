using Expansion.Engine.Experiments.Sequential;
using Expansion.Engine.Experiments.Statistics;
using Expansion.Engine.Samples;

namespace Expansion.Engine.Experiments.Simulation;

/// <summary>One method in one shop: what it does when there is no effect, and when the planned one is true.</summary>
/// <param name="Looks">daily, or frequent: 20 a day.</param>
public sealed record MethodResult(
    string Shop,
    string Method,
    string Looks,
    SimulatedShare FalsePositives,
    SimulatedShare Power,
    SimulatedShare WrongDirection,
    SimulatedShare SampleIfNone,
    SimulatedShare SampleIfTrue);

/// <summary>
/// Simulates whole tests with the engine's own code. Each run is seeded by its number, so that the result is the same on any number of threads.
/// Watched methods may run to twice the fixed-horizon test.
/// </summary>
public static class ExperimentSimulation
{
    private const int Block = 100;

    /// <param name="progress">Told the share done, 0 to 1, from several threads.</param>
    public static IReadOnlyList<MethodResult> Run(SimulatedShop shop, int runs, ulong seed, int threads, Action<double> progress, CancellationToken cancellationToken)
    {
        var methods = SimulatedMethod.Of(shop);
        var visitors = shop.VisitorsPerArm;
        var stream = seed + ((ulong)visitors << 44);
        var (none, planned) = (Half(0, 0), Half(shop.Lift, 0.5));
        return
        [
            .. methods.Select((method, i) => new MethodResult(
                shop.Name,
                method.Name,
                method.Looks,
                none[i].Either,
                planned[i].Power,
                SimulatedShare.Of(planned[i].ControlWins, runs),
                none[i].MeanSample(2 * visitors),
                planned[i].MeanSample(2 * visitors))),
        ];

        SimulationTally[] Half(double lift, double done)
        {
            var blocks = new SimulationTally[(runs + Block - 1) / Block][];
            var finished = 0;
            Parallel.For(0, blocks.Length, new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, block =>
            {
                var tallies = new SimulationTally[methods.Count];
                for (var run = block * Block; run < Math.Min(runs, (block + 1) * Block); run++)
                {
                    RunOne(shop, methods, visitors, lift, SplitMix64.For(stream + (lift == 0 ? 0UL : 1UL << 40), run), tallies);
                }

                blocks[block] = tallies;
                progress(done + (0.5 * Interlocked.Increment(ref finished) / blocks.Length));
            });
            return [.. methods.Select((_, i) => blocks.Aggregate(default(SimulationTally), (sum, tallies) => sum + tallies[i]))];
        }
    }

    private static void RunOne(SimulatedShop shop, IReadOnlyList<SimulatedMethod> methods, long visitorsPerArm, double lift, SplitMix64 chance, SimulationTally[] tallies)
    {
        const int FixedLooks = SimulatedShop.FixedDays * SimulatedShop.LooksPerDay;
        var (control, treatment, came) = (default(RevenueStatistic), default(RevenueStatistic), 0L);
        var running = Enumerable.Range(0, methods.Count).ToList();
        for (var look = 1; running.Count > 0; look++)
        {
            var here = (2 * visitorsPerArm * look / FixedLooks) - came;
            came += here;
            var toTreatment = BinomialSampler.Draw(chance, here, 0.5);
            control += shop.Draw(chance, here - toTreatment, shop.Baseline);
            treatment += shop.Draw(chance, toTreatment, shop.Baseline * (1 + lift));
            var dayEnds = look % SimulatedShop.LooksPerDay == 0;
            for (var i = running.Count - 1; i >= 0; i--)
            {
                var method = methods[running[i]];
                var decision = method.Daily && !dayEnds ? SequentialDecision.Continue : method.Decide(control, treatment, look / SimulatedShop.LooksPerDay);
                if (decision != SequentialDecision.Continue || look == 2 * FixedLooks)
                {
                    tallies[running[i]] += SimulationTally.Of(decision, came);
                    running.RemoveAt(i);
                }
            }
        }
    }
}
