using System.Globalization;
using Expansion.Engine.Recommendations.Evaluation;

namespace Expansion.Cli.Verbs.Evaluate;

/// <summary>The result as text: a table a task, a line a source.</summary>
internal static class EvaluationTable
{
    public static void Write(Evaluation evaluation, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{evaluation.Name}: learned from {evaluation.Training:N0} orders of {evaluation.Catalogue:N0} products in {evaluation.TrainingSeconds:F1} s, peak memory {evaluation.PeakMegabytes:N0} MB; {evaluation.Test:N0} later orders to foresee"));
        foreach (var table in evaluation.Tables)
        {
            output.WriteLine();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table.Title} ({table.Cases.Count:N0} cases)"));
            output.WriteLine($"{"source",-14}{string.Concat(Columns().Select(column => $"{column.Name,12}"))}");
            foreach (var source in table.Scores)
            {
                var values = Columns().Select(column => column.Value(source.Metrics, evaluation.Catalogue).ToString("F4", CultureInfo.InvariantCulture));
                output.WriteLine($"{SourceScores.Name(source.Source),-14}{string.Concat(values.Select(value => $"{value,12}"))}");
            }
        }
    }

    public static IEnumerable<(string Name, Func<RankingMetrics, int, double> Value)> Columns()
    {
        foreach (var k in RankingMetrics.Cutoffs)
        {
            yield return ($"HitRate@{k}", (metrics, _) => metrics.HitRate(k));
        }

        foreach (var k in RankingMetrics.Cutoffs)
        {
            yield return ($"MRR@{k}", (metrics, _) => metrics.Mrr(k));
        }

        foreach (var k in RankingMetrics.Cutoffs)
        {
            yield return ($"NDCG@{k}", (metrics, _) => metrics.Ndcg(k));
        }

        foreach (var k in RankingMetrics.Cutoffs)
        {
            yield return ($"Recall@{k}", (metrics, _) => metrics.Recall(k));
        }

        foreach (var k in RankingMetrics.Cutoffs)
        {
            yield return ($"Cover@{k}", (metrics, catalogue) => metrics.Coverage(k, catalogue));
        }
    }
}
