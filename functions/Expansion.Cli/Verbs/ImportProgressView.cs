using System.Globalization;
using Expansion.Engine.Orders;
using Spectre.Console;

namespace Expansion.Cli.Verbs;

/// <summary>Shows how far an import is: a bar on a terminal, elsewhere a line now and then.</summary>
internal sealed class ImportProgressView(IAnsiConsole console, TextWriter plain, TimeProvider clock)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    private readonly long _started = clock.GetTimestamp();
    private TimeSpan _told;

    public async Task<ImportReport> WatchAsync(Func<Func<ImportProgress, Task>, Task<ImportReport>> import)
    {
        if (!console.Profile.Capabilities.Interactive)
        {
            return await import(TellAsync);
        }

        return await console.Progress()
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async context =>
            {
                var bar = context.AddTask("starting", maxValue: 1);
                return await import(progress =>
                {
                    bar.Value = progress.Done;
                    bar.Description = Text(progress);
                    return Task.CompletedTask;
                });
            });
    }

    private async Task TellAsync(ImportProgress progress)
    {
        var elapsed = clock.GetElapsedTime(_started);
        if (elapsed - _told >= Beat && progress.Done > 0)
        {
            _told = elapsed;
            var left = elapsed * ((1 - progress.Done) / progress.Done);
            await plain.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{progress.Done:P0}, {Text(progress)}, about {left.TotalSeconds:N0} s left"));
        }
    }

    private string Text(ImportProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"{progress.Lines:N0} lines, {progress.Lines / Math.Max(clock.GetElapsedTime(_started).TotalSeconds, 0.001):N0}/s, {progress.MonthsDone} months done");
}
