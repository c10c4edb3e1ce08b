using Expansion.Engine;
using Expansion.Engine.Metrics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Expansion.Functions.Metrics;

/// <summary>Rolls up the days of a shop that changed and, at night, its months; says which metrics left their band.</summary>
public sealed partial class RollUpShop(MetricRollUp rollUp, MonthClose close, ILogger<RollUpShop> logger)
{
    [Function(nameof(RollUpShop))]
    public async Task Run([QueueTrigger(RollUpDue.Queue)] RollUpDue message, CancellationToken cancellationToken)
    {
        var days = await rollUp.RollUpDaysAsync(message.Shop, cancellationToken);
        if (days > 0)
        {
            LogDays(days, message.Shop);
        }

        if (message.Close)
        {
            foreach (var alert in await close.RunAsync(message.Shop, cancellationToken))
            {
                LogAlert(message.Shop, alert.Words);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Rolled up {Days} days of {Shop}")]
    private partial void LogDays(int days, ShopId shop);

    [LoggerMessage(LogLevel.Warning, "Metric of {Shop} left its band: {Words}")]
    private partial void LogAlert(ShopId shop, string words);
}
