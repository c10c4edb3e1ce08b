using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Expansion.Cli.Verbs.Evaluate;
using Expansion.Engine;
using Expansion.Engine.Recommendations.Evaluation;
using Expansion.Engine.Recommendations.Training;

namespace Expansion.Cli.Verbs;

/// <summary>`expansion bench training FILE`: learns recommendations from all orders of a file, timed.</summary>
internal static class BenchTrainingVerb
{
    private const int Threads = 2;

    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "Orders as CSV, in the form evaluate takes." };
        file.AcceptExistingOnly();
        var command = new Command("training", "Learns recommendations from all orders of a file and says how long it took.") { file };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var watch = Stopwatch.StartNew();
            var orders = OrdersFile.Read(parsed.GetRequiredValue(file));
            var products = orders.Products(orders.Orders);
            var training = EvaluationSplit.ToTraining(orders.Orders, products);
            var read = watch.Elapsed;
            var model = RecommendationTrainer.Train(training, products, Threads, step => output.WriteLine($"{watch.Elapsed.TotalSeconds:F1} s: {step}"));
            var trained = watch.Elapsed - read;
            using var saved = new MemoryStream();
            model.Save(saved);
            output.WriteLine(JsonSerializer.Serialize(new
            {
                ReadS = Math.Round(read.TotalSeconds, 2),
                Seconds = Math.Round(trained.TotalSeconds, 2),
                Orders = training.Count,
                Items = orders.Orders.Sum(order => order.Basket.Count),
                model.Products,
                ModelMb = saved.Length / 1_048_576,
                PeakRssMb = StageTimes.PeakMb(),
            }, ExpansionJson.Options));
        });
        return command;
    }
}
