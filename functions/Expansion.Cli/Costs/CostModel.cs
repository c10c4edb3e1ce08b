namespace Expansion.Cli.Costs;

/// <summary>What a month brings.</summary>
internal sealed record Load(long Orders, long Recommendations, long Shops);

/// <summary>What the model assumes of a run. The operations are counted by a test against the app itself; seconds and sizes are to be replaced by one's own.</summary>
internal sealed record Usage
{
    public double LinesPerOrder { get; init; } = 3;

    public double ProductsPerQuestion { get; init; } = 1;

    /// <summary>Seconds that a webhook, the run of its message, and a recommendation take on an instance.</summary>
    public double SecondsPerRun { get; init; } = 0.1;

    /// <summary>Runs that share an instance at the same time.</summary>
    public double RunsAtATime { get; init; } = 4;

    /// <summary>Gigabytes of an instance: 0.5, 2 or 4.</summary>
    public double InstanceGb { get; init; } = 2;

    /// <summary>Instances for HTTP that never sleep.</summary>
    public double AlwaysReady { get; init; }

    public double SecondsPerRecompute { get; init; } = 60;

    /// <summary>Table operations of a shop's night: its rows are written in transactions of 100.</summary>
    public double TableOperationsPerRecompute { get; init; } = 2000;

    /// <summary>Kilobytes of log, traces and metrics a run.</summary>
    public double LoggedKbPerRun { get; init; } = 2;
}

/// <summary>All in one currency.</summary>
/// <param name="MillionRuns">A million executions.</param>
/// <param name="GbSecond">A gigabyte held for a second by an instance that runs on demand.</param>
/// <param name="ReadyGbSecond">The same by one that is always ready, busy or not.</param>
/// <param name="TenThousandTableOperations">Ten thousand table transactions.</param>
/// <param name="TenThousandQueueOperations">Ten thousand queue operations.</param>
/// <param name="LoggedGb">A gigabyte taken into the workspace.</param>
internal sealed record Prices(
    decimal MillionRuns, decimal GbSecond, decimal ReadyGbSecond, decimal TenThousandTableOperations, decimal TenThousandQueueOperations, decimal LoggedGb);

internal sealed record CostPart(string Name, double Quantity, string Unit, decimal Cost);

/// <summary>What a month on Flex Consumption costs. Storage held, traffic out and the vault are cents at this size and left out.</summary>
internal static class CostModel
{
    /// <summary>Table operations of an order, from its webhook to the last decision about it, less those of its lines.</summary>
    public const double TableOperationsPerOrder = 30;

    /// <summary>The webhook, and the runs of the messages that follow from it.</summary>
    public const double RunsPerOrder = 1 + MessagesPerOrder;

    /// <summary>The order, its credit to an offer, and the purchase as a signal.</summary>
    public const double MessagesPerOrder = 3;

    /// <summary>Send, receive and delete of each message.</summary>
    public const double QueueOperationsPerOrder = 3 * MessagesPerOrder;

    /// <summary>Table operations of a recommendation, less those of the products that it is asked for.</summary>
    public const double TableOperationsPerRecommendation = 2;

    private const double MonthSeconds = 30 * 24 * 3600;
    private const double Nights = 30;

    public static IReadOnlyList<CostPart> Of(Load load, Usage usage, Prices prices)
    {
        var asked = (RunsPerOrder * load.Orders) + load.Recommendations;
        var runs = asked + (load.Shops * Nights);
        var gbSeconds = usage.InstanceGb * ((asked * usage.SecondsPerRun / usage.RunsAtATime) + (load.Shops * Nights * usage.SecondsPerRecompute));
        var tables = (load.Orders * (TableOperationsPerOrder + usage.LinesPerOrder))
            + (load.Recommendations * (TableOperationsPerRecommendation + usage.ProductsPerQuestion))
            + (load.Shops * Nights * usage.TableOperationsPerRecompute);
        var queues = (load.Orders * QueueOperationsPerOrder) + (load.Shops * Nights * 3);
        var ready = usage.AlwaysReady * usage.InstanceGb * MonthSeconds;
        var logged = runs * usage.LoggedKbPerRun / 1_000_000;
        return
        [
            Part("executions", runs, "", prices.MillionRuns, 1_000_000),
            Part("on demand", gbSeconds, "GB s", prices.GbSecond, 1),
            Part("always ready", ready, "GB s", prices.ReadyGbSecond, 1),
            Part("table operations", tables, "", prices.TenThousandTableOperations, 10_000),
            Part("queue operations", queues, "", prices.TenThousandQueueOperations, 10_000),
            Part("telemetry", logged, "GB", prices.LoggedGb, 1),
        ];
    }

    private static CostPart Part(string name, double quantity, string unit, decimal price, double per) => new(name, quantity, unit, (decimal)(quantity / per) * price);
}
