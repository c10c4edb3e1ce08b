using System.Diagnostics;
using Expansion.Storage.Queues;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Expansion.LocalHost;

/// <summary>Writes each span of the app to the log when it ends, so that an order can be followed from webhook to offer on one machine: its lines share a trace.</summary>
internal sealed partial class SpanWriter(ILogger<SpanWriter> logger) : IHostedService, IDisposable
{
    public const string Setting = "LocalHost:Traces";

    private ActivityListener? _listener;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Made before anybody listens: a source asks its listeners while it is made, when it isn't known by its name yet.
        var app = MessageTrace.Source;
        _listener = new()
        {
            ShouldListenTo = source => source == app,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Write,
        };
        ActivitySource.AddActivityListener(_listener);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener?.Dispose();

    private void Write(Activity span) =>
        LogSpan(span.TraceId.ToHexString(), span.SpanId.ToHexString(), span.ParentSpanId.ToHexString(), span.OperationName, span.Duration.TotalMilliseconds, span.Status == ActivityStatusCode.Error ? "failed" : "done");

    [LoggerMessage(LogLevel.Information, "trace {Trace} span {Span} under {Parent}: {Name}, {Milliseconds:0.0} ms, {Outcome}")]
    private partial void LogSpan(string trace, string span, string parent, string name, double milliseconds, string outcome);
}
