using System.Globalization;
using System.Net;
using System.Text;
using Expansion.Engine;
using Expansion.Engine.Timing;

namespace Expansion.Cli.Verbs.Signals;

/// <summary>What a simulation came to as one HTML file that needs nothing else: tables, and charts as SVG.</summary>
internal static class SimulationPage
{
    private const int Width = 860;
    private const int Label = 220;
    private const int Bar = 18;
    private const int Height = 160;

    public static string Write(ShopId shop, DateTimeOffset from, DateTimeOffset until, IReadOnlyList<SimulatedRun> runs)
    {
        var most = runs.SelectMany(run => run.Summary.Days).Select(day => day.Offers + day.Silences).DefaultIfEmpty(1).Max();
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $$"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>What would have been offered at {{Text(shop.Value)}}</title>
            <style>body{font:15px/1.5 system-ui,sans-serif;max-width:{{Width}}px;margin:2em auto;padding:0 1em}svg{display:block}text{font-size:12px;fill:currentColor}.yes{fill:#2a7f62}.no{fill:#b9bec7}</style></head><body>
            <h1>What would have been offered at {{Text(shop.Value)}}</h1>
            <p>{{from:yyyy-MM-dd}} to {{until:yyyy-MM-dd}}, UTC. Nobody answers the offers of a simulation.</p>

            """);
        foreach (var (options, summary) in runs)
        {
            page.Append(CultureInfo.InvariantCulture, $"""
                <h2>With the {Text(options)}</h2>
                <p>{summary.Moments:N0} moments: {summary.Offers:N0} offers, {summary.Moments - summary.Offers:N0} silences.</p>
                <h3>By day: offers dark, silences light</h3>
                {Days(summary.Days, from, until, most)}
                <h3>Offers by occasion</h3>
                {Bars(summary.Occasions, "yes")}
                <h3>What was offered</h3>
                {Bars(summary.Targets, "yes")}
                <h3>What kept silent</h3>
                {Bars(summary.Silences, "no")}

                """);
        }

        return page.Append("</body></html>\n").ToString();
    }

    private static string Days(IReadOnlyList<ReplayDay> days, DateTimeOffset from, DateTimeOffset until, int most)
    {
        var first = DateOnly.FromDateTime(from.UtcDateTime);
        var width = Width / Math.Max(1, Math.Ceiling((until - from).TotalDays));
        var svg = new StringBuilder($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Offers and silences by day\">");
        foreach (var day in days)
        {
            var x = (day.Day.DayNumber - first.DayNumber) * width;
            var (offers, silences) = ((double)Height * day.Offers / most, (double)Height * day.Silences / most);
            svg.Append(CultureInfo.InvariantCulture, $"""
                <g><title>{day.Day:yyyy-MM-dd}: {day.Offers} offers, {day.Silences} silences</title><rect class="yes" x="{x:0.##}" y="{Height - offers:0.##}" width="{width * 0.9:0.##}" height="{offers:0.##}"/><rect class="no" x="{x:0.##}" y="{Height - offers - silences:0.##}" width="{width * 0.9:0.##}" height="{silences:0.##}"/></g>
                """);
        }

        return svg.Append("</svg>").ToString();
    }

    private static string Bars(IReadOnlyDictionary<string, int> counts, string kind)
    {
        if (counts.Count == 0)
        {
            return "<p>None.</p>";
        }

        var most = counts.Values.Max();
        var svg = new StringBuilder($"<svg viewBox=\"0 0 {Width} {counts.Count * (Bar + 6)}\" role=\"img\" aria-label=\"Counts\">");
        var y = 0;
        foreach (var (name, count) in counts)
        {
            var length = (double)(Width - Label - 60) * count / most;
            svg.Append(CultureInfo.InvariantCulture, $"""
                <text x="0" y="{y + 14}">{Text(name)}</text><rect class="{kind}" x="{Label}" y="{y}" width="{length:0.##}" height="{Bar}"/><text x="{Label + length + 6:0.##}" y="{y + 14}">{count:N0}</text>
                """);
            y += Bar + 6;
        }

        return svg.Append("</svg>").ToString();
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
