using System.Globalization;
using Spectre.Console;

namespace Expansion.Cli.Verbs.Evaluate;

/// <summary>Shows how far an evaluation is: on a terminal what is being done and a bar with rate and time left, elsewhere a line a step.</summary>
internal sealed class EvaluationProgressView(IAnsiConsole console, TextWriter plain, TimeProvider clock)
{
    public T Watch<T>(Func<EvaluationProgress, T> evaluate) => console.Profile.Capabilities.Interactive
        ? console.Progress()
            .Columns(new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                var bar = context.AddTask("reading");
                return evaluate(new(
                    step =>
                    {
                        bar.IsIndeterminate = true;
                        bar.Description = Markup.Escape(step);
                    },
                    Answering(bar)));
            })
        : evaluate(new(plain.WriteLine, (_, _) => { }));

    private Action<int, int> Answering(ProgressTask bar)
    {
        long? started = null;
        return (done, all) =>
        {
            var seconds = clock.GetElapsedTime(started ??= clock.GetTimestamp()).TotalSeconds;
            bar.IsIndeterminate = false;
            bar.MaxValue = all;
            bar.Value = done;
            bar.Description = string.Create(CultureInfo.InvariantCulture, $"{done:N0} of {all:N0} answers, {done / Math.Max(seconds, 0.001):N0}/s");
        };
    }
}

/// <param name="Step">Told what is begun.</param>
/// <param name="Answered">Told how many answers there are, and will be.</param>
internal sealed record EvaluationProgress(Action<string> Step, Action<int, int> Answered);
