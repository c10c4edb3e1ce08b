using System.Diagnostics.Metrics;
using Expansion.Engine.Operations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Expansion.Functions.Operations;

/// <summary>
/// Every five minutes, on one instance: tells the metrics, and so the alerts, how the app does. Histograms rather than gauges, because an instance
/// that has lost the timer to another would go on telling its last gauge.
/// </summary>
public sealed partial class WatchHealth(AppHealth health, IQueueAges queues, TimeProvider time, ILogger<WatchHealth> logger)
{
    private static readonly Histogram<int> PoisonMessages =
        AppMeter.Meter.CreateHistogram<int>("expansion.poison.messages", "{message}", "Messages in a poison queue when looked at.");

    private static readonly Histogram<double> AffinityAge =
        AppMeter.Meter.CreateHistogram<double>("expansion.affinity.age", "s", "Age of the oldest shop's affinities when looked at.");

    private static readonly Histogram<double> QueueAge =
        AppMeter.Meter.CreateHistogram<double>("expansion.queue.age", "s", "Age of the oldest message that may be taken from a queue when looked at.");

    [Function(nameof(WatchHealth))]
    public async Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var report = await health.ExamineAsync(cancellationToken);
        foreach (var queue in report.Poison)
        {
            PoisonMessages.Record(queue.Messages, new KeyValuePair<string, object?>("queue", queue.Queue));
        }

        if (report.OldestAffinity is { } age)
        {
            AffinityAge.Record(age.TotalSeconds);
        }

        foreach (var finding in report.Findings.Where(finding => finding.State != HealthState.Ready))
        {
            LogFinding(finding.Check, finding.State, finding.Says);
        }

        if (report.State == HealthState.Broken)
        {
            throw new InvalidOperationException(report.Findings[0].Says);
        }

        foreach (var waiting in await queues.OldestAsync(cancellationToken))
        {
            QueueAge.Record((time.GetUtcNow() - waiting.SentAt).TotalSeconds, new KeyValuePair<string, object?>("queue", waiting.Queue));
        }
    }

    [LoggerMessage(LogLevel.Warning, "Health of {Check} is {State}: {Says}")]
    private partial void LogFinding(string check, HealthState state, string says);
}
