using System.Diagnostics;
using System.Diagnostics.Metrics;
using Expansion.Storage.Queues;

namespace Expansion.Functions.Operations;

/// <summary>One run of a function, as traces and metrics see it. Both hosts wrap every run in one; a run of which nothing is said has failed.</summary>
public sealed class FunctionRun : IDisposable
{
    private static readonly Histogram<double> Duration = AppMeter.Meter.CreateHistogram<double>("expansion.function.duration", "s", "How long functions run.");

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly string _function;
    private readonly string _trigger;
    private readonly Activity? _span;
    private string _outcome = "failed";

    private FunctionRun(string function, string trigger, Activity? span) => (_function, _trigger, _span) = (function, trigger, span);

    /// <param name="trigger">http, queue or timer.</param>
    /// <param name="parent">The span that sent the message, for a queue function; the host's own span is linked then.</param>
    public static FunctionRun Start(string function, string trigger, ActivityContext parent = default)
    {
        var kind = trigger switch { "http" => ActivityKind.Server, "queue" => ActivityKind.Consumer, _ => ActivityKind.Internal };
        var links = parent != default && Activity.Current is { } host ? new[] { new ActivityLink(host.Context) } : null;
        return new(function, trigger, parent == default ? MessageTrace.Source.StartActivity(function, kind) : MessageTrace.Source.StartActivity(function, kind, parent, links: links));
    }

    public void Succeeded() => _outcome = "succeeded";

    public void Answered(int status) => _outcome = status switch { >= 500 => "failed", >= 400 => "refused", _ => "succeeded" };

    public void Dispose()
    {
        Duration.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds, new("function", _function), new("trigger", _trigger), new("outcome", _outcome));
        _span?.SetStatus(_outcome == "failed" ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        _span?.Dispose();
    }
}
