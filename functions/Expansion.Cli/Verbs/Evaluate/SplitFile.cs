using Expansion.Engine;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Evaluation;

namespace Expansion.Cli.Verbs.Evaluate;

/// <summary>Cases that somebody else fixed: of baskets with a hidden product (case_id, hidden_sku, given), or of next purchases (case_id, customer_id, targets, targets_new, history).</summary>
internal static class SplitFile
{
    /// <param name="training">Where the customers' histories come from, with their times.</param>
    public static (RecommendationTask Task, IReadOnlyList<EvaluationCase> Cases) Read(FileInfo file, bool onlyNew, IEnumerable<EvaluationOrder> training)
    {
        using var table = new CsvTable(file);
        if (table.Has("hidden_sku"))
        {
            table.Require("case_id", "hidden_sku", "given");
            return (RecommendationTask.Basket, ReadAll(table, () => new(
                table.Required("case_id"), new(RecommendationTask.Basket) { Basket = Skus(table["given"]) }, new HashSet<Sku> { new(table.Required("hidden_sku")) })));
        }

        var task = onlyNew ? RecommendationTask.Discovery : RecommendationTask.NextPurchase;
        var targets = onlyNew ? "targets_new" : "targets";
        table.Require("case_id", "customer_id", targets, "history");
        var histories = EvaluationSplit.Histories(training);
        return (task, ReadAll(table, () => new(
            table.Required("case_id"),
            new(task) { Orders = histories.GetValueOrDefault(new(table["customer_id"])) ?? [new PastPurchase(null, Skus(table["history"]))] },
            Skus(table[targets]).ToHashSet())));
    }

    /// <summary>A case without a target can't be scored and is left out.</summary>
    private static List<EvaluationCase> ReadAll(CsvTable table, Func<EvaluationCase> read)
    {
        var cases = new List<EvaluationCase>();
        while (table.Read())
        {
            if (read() is { Targets.Count: > 0 } found)
            {
                cases.Add(found);
            }
        }

        return cases;
    }

    private static List<Sku> Skus(string text) => [.. text.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(sku => new Sku(sku))];
}
