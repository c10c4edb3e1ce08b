using System.Collections.Concurrent;
using System.Diagnostics;

namespace Expansion.Testing;

/// <summary>The app's spans, in the order in which they ended.</summary>
public sealed class SpanLog : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public SpanLog()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == "Expansion",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IEnumerable<string> Of(string trace) => _ended.Where(span => span.TraceId.ToHexString() == trace).Select(span => span.OperationName);

    public void Dispose() => _listener.Dispose();
}
