using Expansion.Connectors.Shopify;
using Expansion.Engine.Shops;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Shopify;

/// <summary>Only while the shop's setting says so; taking back is always possible.</summary>
public sealed partial class PublishComplementary(IOptionsMonitor<ShopifyOptions> options, ComplementaryLists lists, ILogger<PublishComplementary> logger)
{
    [Function(nameof(PublishComplementary))]
    public async Task Run([QueueTrigger(ComplementaryDue.Queue)] ComplementaryDue message, CancellationToken cancellationToken)
    {
        var changed = message.Withdraw ? await lists.WithdrawAsync(message.Shop, cancellationToken)
            : options.CurrentValue.Find(message.Shop)?.PublishComplementary == true ? await lists.PublishAsync(message.Shop, cancellationToken)
            : 0;
        LogLists(changed, message.Shop, message.Withdraw ? "taken back" : "published");
    }

    [LoggerMessage(LogLevel.Information, "{Lists} lists of complementary products of {Shop} were {What}")]
    private partial void LogLists(int lists, Engine.ShopId shop, string what);
}
