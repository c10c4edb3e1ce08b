using System.Globalization;
using System.Text;
using Expansion.Engine.Experiments.Simulation;

namespace Expansion.Cli.Verbs.Experiments;

/// <summary>What the engine promises, and whether the simulation bears it out: the worst figure of all scenarios against each bar.</summary>
internal sealed class SimulationBars
{
    private readonly List<(string Bar, double Limit, bool AtMost, SimulatedShare Worst, string Where)> _bars = [];

    public void Add(MethodResult result)
    {
        if (result.Method != "planned_seq_fut")
        {
            return;
        }

        var where = $"{result.Shop}, {result.Looks}";
        Add($"false positives, {result.Looks} looks", 0.05, true, result.FalsePositives, where);
        Add($"power, {result.Looks} looks", 0.79, false, result.Power, where);
        Add($"sample if the lift is true, {result.Looks} looks", 0.80, true, result.SampleIfTrue, where);
        Add($"sample if there is no effect, {result.Looks} looks", 0.83, true, result.SampleIfNone, where);
    }

    public void Add(TrafficResult result)
    {
        if (result.TrueShare == 0.5)
        {
            Add("false alarms of sequential SRM", 0.001, true, result.Alarms, "56 daily looks");
        }
    }

    public void Add(GuardrailResult result)
    {
        if (result.TrueChange == 0.3)
        {
            Add("guardrail lets +30 % returns through", 0.05, true, result.Passes, $"{result.ControlOrders} orders");
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (bar, limit, atMost, worst, where) in _bars)
        {
            var beyond = atMost ? worst.Value - limit : limit - worst.Value;
            var verdict = beyond <= 0 ? "met" : beyond <= 2 * worst.Error ? "within error" : "MISSED";
            text.AppendLine(string.Create(
                CultureInfo.InvariantCulture, $"  {bar,-45} {(atMost ? "<=" : ">=")} {limit,-6} worst {worst.Value:F4} ± {worst.Error:F4} {verdict,-12} ({where})"));
        }

        return text.ToString();
    }

    private void Add(string bar, double limit, bool atMost, SimulatedShare share, string where)
    {
        var index = _bars.FindIndex(known => known.Bar == bar);
        if (index < 0)
        {
            _bars.Add((bar, limit, atMost, share, where));
        }
        else if (atMost ? share.Value > _bars[index].Worst.Value : share.Value < _bars[index].Worst.Value)
        {
            _bars[index] = (bar, limit, atMost, share, where);
        }
    }
}
