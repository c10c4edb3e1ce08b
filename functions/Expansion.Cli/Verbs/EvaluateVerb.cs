using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Expansion.Cli.Verbs.Evaluate;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Evaluation;
using Expansion.Engine.Recommendations.Training;
using Spectre.Console;

namespace Expansion.Cli.Verbs;

/// <summary>expansion evaluate: learns from the earlier orders of a file and tells how well it foresees the later ones, by source and all sources together.</summary>
internal static class EvaluateVerb
{
    private const int Threads = 2;

    public static Command Create()
    {
        var orders = new Option<FileInfo>("--orders") { Description = "Orders as CSV: order_id and sku; customer_id, ordered_at, product_title, quantity where known. May be compressed with gzip.", Required = true };
        var roles = new Option<FileInfo?>("--roles") { Description = "order_id,role: orders of the role test aren't learned from. Without it the last fifth by time isn't." };
        var split = new Option<FileInfo?>("--split") { Description = "The cases to answer. Without it they are made of the test orders." };
        var output = new Option<FileInfo?>("--out") { Description = "Where the answers go, as case_id,rank,sku." };
        var products = new Option<FileInfo?>("--products") { Description = "The catalogue as CSV: sku, title, type, vendor, tags." };
        var mode = new Option<string>("--mode") { Description = "With a split of next purchases: whether repeats count.", DefaultValueFactory = _ => "all" };
        var source = new Option<string>("--source") { Description = "Whose answers are written to --out.", DefaultValueFactory = _ => "hybrid" };
        var report = new Option<FileInfo?>("--report") { Description = "Where a page with the tables and charts goes, as HTML." };
        orders.AcceptExistingOnly();
        mode.AcceptOnlyFromAmong("all", "new");
        source.AcceptOnlyFromAmong([.. SourceScores.Sources.Select(SourceScores.Name)]);
        var command = new Command("evaluate", "Tells how well recommendations would have foreseen a shop's later orders.") { orders, roles, split, output, products, mode, source, report };
        command.SetAction((parsed, _) => Task.FromResult(Run(
            new(parsed.GetRequiredValue(orders), parsed.GetValue(roles), parsed.GetValue(split), parsed.GetValue(output), parsed.GetValue(products),
                parsed.GetValue(mode) == "new", parsed.GetValue(source)!)
            { Report = parsed.GetValue(report) },
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error)));
        return command;
    }

    internal static int Run(EvaluateOptions options, TextWriter output, TextWriter error)
    {
        try
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error), Interactive = Console.IsErrorRedirected ? InteractionSupport.No : InteractionSupport.Detect });
            var evaluation = new EvaluationProgressView(console, error, TimeProvider.System).Watch(progress => Evaluate(options, progress));
            EvaluationTable.Write(evaluation, output);
            if (options.Output is { } file)
            {
                PredictionsFile.Write(file, evaluation.Tables[0], options.Source);
            }

            if (options.Report is { } page)
            {
                File.WriteAllText(page.FullName, EvaluationReport.Of(evaluation));
            }

            return 0;
        }
        catch (Exception wrong) when (wrong is FormatException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(wrong.Message);
            return 1;
        }
    }

    private static Evaluation Evaluate(EvaluateOptions options, EvaluationProgress progress)
    {
        progress.Step("reading");
        var file = OrdersFile.Read(options.Orders);
        var catalogue = options.Products is { } listed ? ProductsFile.Read(listed) : [];
        var own = EvaluationSplit.Of(file.Orders);
        var test = options.Roles is { } roles ? RolesFile.ReadTest(roles) : own.Test.Select(order => order.Id.Value).ToHashSet();
        var split = EvaluationSplit.Of([.. file.Orders.Where(order => !test.Contains(order.Id.Value))], [.. file.Orders.Where(order => test.Contains(order.Id.Value))]);
        if (split.Training.Count == 0)
        {
            throw new FormatException($"{options.Orders.Name} holds no order to learn from.");
        }

        var start = Stopwatch.GetTimestamp();
        var learned = Describe(file.Products(split.Training), catalogue).ToList();
        var model = RecommendationTrainer.Train(EvaluationSplit.ToTraining(split.Training, learned), learned, Threads, progress.Step);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        var questions = options.Split is { } cases
            ? [SplitFile.Read(cases, options.OnlyNew, split.Training)]
            : Enum.GetValues<RecommendationTask>().Select(task => (Task: task, Cases: (IReadOnlyList<EvaluationCase>)[.. split.Cases(task)])).ToList();
        var answers = questions.Sum(question => question.Cases.Count) * SourceScores.Sources.Count;
        var answered = 0;
        progress.Step(string.Create(CultureInfo.InvariantCulture, $"answering {answers:N0} questions"));
        var tables = questions.Where(question => question.Cases.Count > 0).Select(question => new EvaluationOfTask(question.Task, question.Cases,
            [.. SourceScores.Sources.Select(source => SourceScores.Of(model, source, question.Cases, () => progress.Answered(Interlocked.Increment(ref answered), answers)))])).ToList();
        return tables.Count == 0
            ? throw new FormatException("There is no case to answer: no test order has two products, and no customer came back.")
            : new(options.Orders.Name, split.Training.Count, split.Test.Count, split.Training.SelectMany(order => order.Basket).Distinct().Count(), seconds, StageTimes.PeakMb(), tables);
    }

    /// <summary>The catalogue, with titles out of the orders where it has none, then what only the orders know.</summary>
    private static IEnumerable<CatalogueProduct> Describe(IEnumerable<CatalogueProduct> titles, IReadOnlyList<CatalogueProduct> catalogue)
    {
        var titleOf = titles.ToDictionary(product => product.Sku);
        return catalogue
            .Select(product => string.IsNullOrEmpty(product.Title) && titleOf.TryGetValue(product.Sku, out var titled) ? product with { Title = titled.Title } : product)
            .Concat(titleOf.Values.ExceptBy(catalogue.Select(product => product.Sku), product => product.Sku));
    }
}
