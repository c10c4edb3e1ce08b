using Expansion.Connectors.Shopify;
using Expansion.Connectors.Shopify.Admin;
using Expansion.Engine;
using Expansion.Engine.Outbox;
using Expansion.Engine.Shops;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Shopify;

/// <summary>Only while the shop's setting says so; taking back is always possible. While the shop can't be reached it is put off, longer than a queue's own retries would last.</summary>
public sealed partial class PublishComplementary(IOptionsMonitor<ShopifyOptions> options, ComplementaryLists lists, IMessageQueue queue, ILogger<PublishComplementary> logger)
{
    [Function(nameof(PublishComplementary))]
    public async Task Run([QueueTrigger(ComplementaryDue.Queue)] ComplementaryDue message, CancellationToken cancellationToken)
    {
        try
        {
            var changed = message.Withdraw ? await lists.WithdrawAsync(message.Shop, cancellationToken)
                : options.CurrentValue.Find(message.Shop)?.PublishComplementary == true ? await lists.PublishAsync(message.Shop, cancellationToken)
                : 0;
            LogLists(changed, message.Shop, message.Withdraw ? "taken back" : "published");
        }
        catch (ShopifyUnavailableException exception) when (message.Tries < RetryDelay.Usual.Count)
        {
            var wait = RetryDelay.Of(RetryDelay.Usual[message.Tries], exception.RetryAfter, $"{ComplementaryDue.Queue}:{message.Shop}:{message.Tries}");
            await queue.SendAsync(ComplementaryDue.Queue, message with { Tries = message.Tries + 1 }, wait, cancellationToken);
            LogPutOff(message.Shop, wait, exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The lists of complementary products of {Shop} wait for {Wait}: {Reason}")]
    private partial void LogPutOff(ShopId shop, TimeSpan wait, string reason);

    [LoggerMessage(LogLevel.Information, "{Lists} lists of complementary products of {Shop} were {What}")]
    private partial void LogLists(int lists, ShopId shop, string what);
}
