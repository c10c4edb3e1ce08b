using System.ComponentModel.DataAnnotations;

namespace Expansion.LocalHost;

/// <summary>What host.json says, under the names and with the defaults of the Functions host.</summary>
internal sealed class HostSettings
{
    public const string Section = "AzureFunctionsJobHost";

    /// <summary>How long a function may run before its token is cancelled. Below zero: for ever.</summary>
    public TimeSpan FunctionTimeout { get; set; } = TimeSpan.FromMinutes(30);
}

internal sealed class HttpSettings
{
    public const string Section = $"{HostSettings.Section}:extensions:http";

    /// <summary>What stands before every route. Empty: nothing.</summary>
    public string RoutePrefix { get; set; } = "api";
}

internal enum MessageEncoding
{
    Base64,
    None,
}

internal sealed class QueueSettings
{
    public const string Section = $"{HostSettings.Section}:extensions:queues";

    /// <summary>Messages that one receive asks for.</summary>
    [Range(1, 32)]
    public int BatchSize { get; set; } = 16;

    /// <summary>Messages that may still run when the next batch is received: at most this and a batch run at a time, per function.</summary>
    [Range(0, 1000)]
    public int? NewBatchThreshold { get; set; }

    public int Threshold => NewBatchThreshold ?? BatchSize / 2 * Environment.ProcessorCount;

    /// <summary>The longest wait between two looks into an empty queue.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan MaxPollingInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a message whose run failed stays hidden.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan VisibilityTimeout { get; set; }

    /// <summary>Runs of one message before it goes to the poison queue.</summary>
    [Range(1, 1000)]
    public int MaxDequeueCount { get; set; } = 5;

    public MessageEncoding MessageEncoding { get; set; } = MessageEncoding.Base64;
}
