using System.Globalization;
using System.Net;
using System.Text;
using Expansion.Engine.Experiments.Simulation;

namespace Expansion.Cli.Verbs.Experiments;

/// <summary>A simulation as one HTML file that needs nothing else: a chart for each figure, with its bar and every error, and the text that was printed.</summary>
internal sealed class SimulationReport
{
    private const int Width = 900;
    private const int Label = 360;
    private const int Row = 18;

    private readonly List<MethodResult> _results = [];

    public void Add(MethodResult result) => _results.Add(result);

    public string ToHtml(string printed)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $$"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Simulated experiments</title>
            <style>body{font:15px/1.5 system-ui,sans-serif;max-width:{{Width}}px;margin:2em auto;padding:0 1em}svg{display:block}text{font-size:12px;fill:currentColor}.planned_seq_fut{fill:#2a7f62}.naive_z{fill:#c2483b}.fixed_single_look{fill:#8a94a6}line{stroke:currentColor}pre{overflow-x:auto;font-size:12px}</style></head><body>
            <h1>Simulated experiments</h1>
            <p>Green is the test that decides here, red a fixed test that is watched and stopped at the first p &lt; 0.05, grey the same looked at once. A dashed line is what is promised; whiskers are one Monte-Carlo error.</p>
            {{Chart("False positives when there is no effect", 0.05, result => result.FalsePositives)}}
            {{Chart("Power when the planned lift is true", 0.79, result => result.Power)}}
            {{Chart("Visitors until the end when the lift is true, a fixed test's are 1", 0.80, result => result.SampleIfTrue)}}
            {{Chart("Visitors until the end when there is no effect", 0.83, result => result.SampleIfNone)}}
            <h2>As printed</h2>
            <pre>{{WebUtility.HtmlEncode(printed)}}</pre>
            </body></html>

            """);
        return page.ToString();
    }

    private string Chart(string title, double promised, Func<MethodResult, SimulatedShare> figure)
    {
        var most = Math.Max(promised, _results.Select(result => figure(result).Value).DefaultIfEmpty(0).Max()) * 1.05;
        var height = (_results.Count * Row) + 4;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<h2>{title}</h2><svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{title}\">");
        foreach (var (row, result) in _results.Index())
        {
            var ((value, error), y) = (figure(result), row * Row);
            svg.Append(CultureInfo.InvariantCulture, $"""
                <text x="0" y="{y + 13}">{WebUtility.HtmlEncode($"{result.Shop}, {result.Method}, {result.Looks}")}</text><rect class="{result.Method}" x="{Label}" y="{y + 3}" width="{X(value):0.#}" height="{Row - 6}"/><line x1="{Label + X(Math.Max(0, value - error)):0.#}" x2="{Label + X(value + error):0.#}" y1="{y + (Row / 2)}" y2="{y + (Row / 2)}"/><text x="{Label + X(value + error) + 4:0.#}" y="{y + 13}">{value:0.###}</text>
                """);
        }

        return svg.Append(CultureInfo.InvariantCulture, $"<line stroke-dasharray=\"4 3\" x1=\"{Label + X(promised):0.#}\" x2=\"{Label + X(promised):0.#}\" y1=\"0\" y2=\"{height}\"/></svg>").ToString();

        double X(double value) => value / most * (Width - Label - 60);
    }
}
