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
        orders.AcceptExistingOnly();
        mode.AcceptOnlyFromAmong("all", "new");
        source.AcceptOnlyFromAmong([.. SourceScores.Sources.Select(SourceScores.Name)]);
        var command = new Command("evaluate", "Tells how well recommendations would have foreseen a shop's later orders.") { orders, roles, split, output, products, mode, source };
        command.SetAction((parsed, _) => Task.FromResult(Run(
            new(parsed.GetRequiredValue(orders), parsed.GetValue(roles), parsed.GetValue(split), parsed.GetValue(output), parsed.GetValue(products),
                parsed.GetValue(mode) == "new", parsed.GetValue(source)!),
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error)));
        return command;
    }

    internal static int Run(EvaluateOptions options, TextWriter output, TextWriter error)
    {
        try
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error), Interactive = Console.IsErrorRedirected ? InteractionSupport.No : InteractionSupport.Detect });
            Evaluation? evaluation = null;
            console.Status().Start("reading", status => evaluation = Evaluate(options, step =>
            {
                status.Status(step);
                if (!console.Profile.Capabilities.Interactive)
                {
                    error.WriteLine(step);
                }
            }));
            EvaluationTable.Write(evaluation!, output);
            if (options.Output is { } file)
            {
                PredictionsFile.Write(file, evaluation!.Tables[0], options.Source);
            }

            return 0;
        }
        catch (Exception wrong) when (wrong is FormatException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(wrong.Message);
            return 1;
        }
    }

    private static Evaluation Evaluate(EvaluateOptions options, Action<string> progress)
    {
        progress("reading");
        var (orders, titles) = OrdersFile.Read(options.Orders);
        var catalogue = options.Products is { } file ? ProductsFile.Read(file) : [];
        var products = Describe(titles, catalogue);
        var own = EvaluationSplit.Of(orders);
        var test = options.Roles is { } roles ? RolesFile.ReadTest(roles) : own.Test.Select(order => order.Id.Value).ToHashSet();
        var split = EvaluationSplit.Of([.. orders.Where(order => !test.Contains(order.Id.Value))], [.. orders.Where(order => test.Contains(order.Id.Value))]);
        if (split.Training.Count == 0)
        {
            throw new FormatException($"{options.Orders.Name} holds no order to learn from.");
        }

        var start = Stopwatch.GetTimestamp();
        var known = split.Training.SelectMany(order => order.Basket).ToHashSet();
        var listed = catalogue.Select(product => product.Sku).ToHashSet();
        // Titles of products that were only sold later would tell the future; a catalogue that is given may be used as it is.
        var learned = products.Where(product => known.Contains(product.Sku) || listed.Contains(product.Sku)).ToList();
        var model = RecommendationTrainer.Train(EvaluationSplit.ToTraining(split.Training, learned), learned, Threads, progress);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        var questions = options.Split is { } cases
            ? [SplitFile.Read(cases, options.OnlyNew, split.Training)]
            : Enum.GetValues<RecommendationTask>().Select(task => (Task: task, Cases: (IReadOnlyList<EvaluationCase>)[.. split.Cases(task)]));
        var tables = questions.Where(question => question.Cases.Count > 0).Select(question =>
        {
            progress(string.Create(CultureInfo.InvariantCulture, $"answering {question.Cases.Count:N0} cases"));
            return new EvaluationOfTask(question.Task, question.Cases, [.. SourceScores.Sources.Select(source => SourceScores.Of(model, source, question.Cases))]);
        }).ToList();
        return tables.Count == 0
            ? throw new FormatException("There is no case to answer: no test order has two products, and no customer came back.")
            : new(options.Orders.Name, split.Training.Count, split.Test.Count, known.Count, seconds, Process.GetCurrentProcess().PeakWorkingSet64 / 1_048_576, tables);
    }

    private static IEnumerable<CatalogueProduct> Describe(IEnumerable<CatalogueProduct> titles, IReadOnlyList<CatalogueProduct> catalogue)
    {
        var titleOf = titles.ToDictionary(product => product.Sku);
        return catalogue
            .Select(product => string.IsNullOrEmpty(product.Title) && titleOf.TryGetValue(product.Sku, out var titled) ? product with { Title = titled.Title } : product)
            .Concat(titleOf.Values.ExceptBy(catalogue.Select(product => product.Sku), product => product.Sku));
    }
}
