using Expansion.Engine.Experiments.Comparisons;
using Expansion.Engine.Experiments.Sequential;
using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Simulation;

/// <summary>A way to decide a test, as simulated.</summary>
/// <param name="Name">As the anchors name it, where they do.</param>
/// <param name="Daily">Looks at the end of each day; otherwise 20 times a day.</param>
internal sealed record SimulatedMethod(string Name, bool Daily, Func<RevenueStatistic, RevenueStatistic, int, SequentialDecision> Decide)
{
    private const double Z95 = 1.959963984540054;

    public string Looks => Daily ? "daily" : "frequent";

    public static IReadOnlyList<SimulatedMethod> Of(SimulatedShop shop)
    {
        var (anyLooks, daily) = (shop.Test(onTicks: false), shop.Test(onTicks: true));
        return
        [
            new("planned_seq_fut", true, Planned(daily)),
            new("planned_seq_fut", false, Planned(anyLooks)),
            new("naive_z", true, Watched),
            new("naive_z", false, Watched),
            new("fixed_single_look", true, AtTheEnd),
        ];

        Func<RevenueStatistic, RevenueStatistic, int, SequentialDecision> Planned(PlannedSequentialTest test) => shop.Sigma is null
            ? (control, treatment, _) => test.Decide(Rates(control), Rates(treatment))
            : (control, treatment, _) => test.Decide(control, treatment);

        // What everybody does: stop at the first p < 0.05.
        SequentialDecision Watched(RevenueStatistic control, RevenueStatistic treatment, int day) => ZOf(control, treatment) switch
        {
            > Z95 => SequentialDecision.WinnerTreatment,
            < -Z95 => SequentialDecision.WinnerControl,
            _ => SequentialDecision.Continue,
        };

        SequentialDecision AtTheEnd(RevenueStatistic control, RevenueStatistic treatment, int day) =>
            day < SimulatedShop.FixedDays ? SequentialDecision.Continue
            : Watched(control, treatment, day) is var decision && decision != SequentialDecision.Continue ? decision
            : SequentialDecision.Inconclusive;

        double ZOf(RevenueStatistic control, RevenueStatistic treatment) => shop.Sigma is null
            ? TwoProportionTest.PooledZ(Rates(control), Rates(treatment)) ?? 0
            : control.Values.Estimate is { } a && treatment.Values.Estimate is { } b ? Effect.Absolute(a, b)!.Value.Z : 0;
    }

    private static ConversionStatistic Rates(RevenueStatistic arm) => new(arm.Values.Count, arm.Conversions);
}
