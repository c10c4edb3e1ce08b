using System.Globalization;
using Expansion.Engine.Experiments.Simulation;

namespace Expansion.Cli.Verbs.Experiments;

/// <summary>The lines of the simulation's table.</summary>
internal static class SimulationText
{
    public static string Line(MethodResult result) => Line(
        result.Method,
        result.Looks,
        Share(result.FalsePositives),
        Share(result.Power),
        Percent(result.WrongDirection.Value),
        Sample(result.SampleIfNone),
        Sample(result.SampleIfTrue));

    public static string Line(string method, string looks, string falsePositives, string power, string wrongWay, string none, string lift) =>
        $"  {method,-22} {looks,-9} {falsePositives,-18} {power,-17} {wrongWay,-10} {none,-18} {lift}".TrimEnd();

    public static string Line(TrafficResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"srm, {result.TrueShare:P1} of the traffic in treatment: alarms {Share(result.Alarms)}, on day {result.MeanDay:F1} on average of 56");

    public static string Line(GuardrailResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"guardrail, {result.ControlOrders} orders, return rate truly {result.TrueChange:+0 %;-0 %;0 %}: let through {Share(result.Passes)}, stopped {Share(result.Fails)}");

    public static string Percent(double value) => string.Create(CultureInfo.InvariantCulture, $"{100 * value:F2} %");

    public static string Share(SimulatedShare share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share.Value:F2} % ± {100 * share.Error:F2}");

    public static string Sample(SimulatedShare share) => string.Create(CultureInfo.InvariantCulture, $"{share.Value:F3} ± {share.Error:F3}");
}
