using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Evaluation;

namespace Expansion.Cli.Verbs.Evaluate;

internal sealed record EvaluateOptions(FileInfo Orders, FileInfo? Roles, FileInfo? Split, FileInfo? Output, FileInfo? Products, bool OnlyNew, string Source)
{
    public FileInfo? Report { get; init; }
}

/// <param name="Catalogue">Products in the training orders; coverage is a share of them.</param>
internal sealed record Evaluation(string Name, int Training, int Test, int Catalogue, double TrainingSeconds, long PeakMegabytes, IReadOnlyList<EvaluationOfTask> Tables);

internal sealed record EvaluationOfTask(RecommendationTask Task, IReadOnlyList<EvaluationCase> Cases, IReadOnlyList<SourceScores> Scores)
{
    public string Title => Task switch
    {
        RecommendationTask.Basket => "A: the next product of a basket",
        RecommendationTask.NextPurchase => "B-all: a customer's next purchase, repeats among it",
        _ => "B-new: a customer's next purchase, only what is new to them",
    };
}
