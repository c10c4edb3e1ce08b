using System.Globalization;
using System.Net;
using Expansion.Engine.Recommendations.Evaluation;

namespace Expansion.Cli.Verbs.Evaluate;

/// <summary>The result as one page that needs nothing besides itself: per task a sentence, bars of NDCG@10 and HitRate@10 by source, and the whole table.</summary>
internal static class EvaluationReport
{
    private const int Cutoff = 10;

    public static string Of(Evaluation evaluation) => Text($$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Recommendations for {{Html(evaluation.Name)}}</title>
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1c2430; }
        table { border-collapse: collapse; display: block; overflow-x: auto; font-size: .85rem; font-variant-numeric: tabular-nums; }
        th, td { padding: .25rem .6rem; text-align: right; border-bottom: 1px solid #d5dbe3; }
        th:first-child, td:first-child { text-align: left; }
        svg { width: 100%; max-width: 40rem; height: auto; font: 13px system-ui, sans-serif; }
        .bar { fill: #9db2cc; } .hybrid { fill: #1f5fa8; } .label { text-anchor: end; } .title { font-weight: 600; }
        </style>
        </head>
        <body>
        <h1>Would these recommendations have foreseen what was bought?</h1>
        <p>{{Html(evaluation.Name)}}: learned from {{evaluation.Training:N0}} orders of {{evaluation.Catalogue:N0}} products in {{evaluation.TrainingSeconds:F1}} s,
        then asked about {{evaluation.Test:N0}} later orders. Each source alone is filled up with bestsellers.</p>
        {{string.Concat(evaluation.Tables.Select(table => Section(table, evaluation.Catalogue)))}}
        </body>
        </html>
        """);

    private static string Section(EvaluationOfTask table, int catalogue) => Text($"""
        <section>
        <h2>{Html(table.Title)}</h2>
        <p>{Gain(table)}</p>
        {Bars($"NDCG@{Cutoff}", table, metrics => metrics.Ndcg(Cutoff))}
        {Bars($"HitRate@{Cutoff}", table, metrics => metrics.HitRate(Cutoff))}
        <table>
        <thead><tr><th scope="col">source</th>{string.Concat(EvaluationTable.Columns().Select(column => $"<th scope=\"col\">{column.Name}</th>"))}</tr></thead>
        <tbody>
        {string.Join('\n', table.Scores.Select(scores => Row(scores, catalogue)))}
        </tbody>
        </table>
        </section>

        """);

    private static string Gain(EvaluationOfTask table)
    {
        var hybrid = table.Scores.Single(scores => scores.Source is null);
        var best = table.Scores.Where(scores => scores.Source is not null).MaxBy(scores => scores.Metrics.HitRate(Cutoff))!;
        return Text($"In {table.Cases.Count:N0} cases, {hybrid.Metrics.HitRate(Cutoff):P1} of the lists of {Cutoff} held something that was bought; the best single source ({SourceScores.Name(best.Source)}) reaches {best.Metrics.HitRate(Cutoff):P1}.");
    }

    private static string Row(SourceScores scores, int catalogue) =>
        $"<tr><td>{SourceScores.Name(scores.Source)}</td>{string.Concat(EvaluationTable.Columns().Select(column => Text($"<td>{column.Value(scores.Metrics, catalogue):F4}</td>")))}</tr>";

    private static string Bars(string title, EvaluationOfTask table, Func<RankingMetrics, double> value)
    {
        const int Step = 26;
        const int Left = 110;
        const int Width = 400;
        var most = Math.Max(1e-9, table.Scores.Max(scores => value(scores.Metrics)));
        var bars = table.Scores.Select((scores, place) =>
        {
            var (name, share, y) = (SourceScores.Name(scores.Source), value(scores.Metrics), (place + 1) * Step);
            return Text($"""
                <text class="label" x="{Left - 8}" y="{y + 15}">{name}</text><rect class="bar {name}" x="{Left}" y="{y}" width="{Width * share / most:F1}" height="{Step - 6}"/><text x="{Left + (Width * share / most) + 6:F1}" y="{y + 15}">{share:F4}</text>
                """);
        });
        return Text($"""
            <svg viewBox="0 0 600 {(table.Scores.Count + 1) * Step}" role="img" aria-label="{title} by source"><text class="title" x="{Left}" y="16">{title}</text>
            {string.Join('\n', bars)}
            </svg>
            """);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
