using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using Expansion.Engine;
using Expansion.Engine.Compliance;
using Expansion.Engine.Outbox;
using Expansion.Testing;
using Expansion.Testing.Shopify;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Functions.Tests.Compliance;

internal static class ComplianceHost
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task SendAsync(this TestHost host, string topic, JsonObject body) => Assert.Equal(200, await host.TrySendAsync(topic, body));

    /// <summary>A delivery of its own from Shopify.</summary>
    /// <returns>How it was answered.</returns>
    public static async Task<int> TrySendAsync(this TestHost host, string topic, JsonObject body)
    {
        var bytes = body.Bytes();
        var headers = ShopifySender.Headers(topic, bytes);
        headers["X-Shopify-Webhook-Id"] = Guid.NewGuid().ToString();
        using var response = await host.Client.SendAsync(ShopifySender.Request(headers, bytes), Stop);
        return (int)response.StatusCode;
    }

    /// <summary>Nothing is being worked on, and nothing waits in any queue but what waits for its next try.</summary>
    public static Task SettleAsync(this TestHost host)
    {
        var queues = host.Services.GetRequiredService<QueueServiceClient>();
        return Eventually.TrueAsync(
            async () =>
            {
                await foreach (var queue in queues.GetQueuesAsync(cancellationToken: Stop).Where(queue => !queue.Name.EndsWith("-poison", StringComparison.Ordinal) && queue.Name != OutboxDue.Queue))
                {
                    if ((await queues.GetQueueClient(queue.Name).GetPropertiesAsync(Stop)).Value.ApproximateMessagesCount > 0)
                    {
                        return false;
                    }
                }

                return true;
            },
            "the queues are empty");
    }

    /// <summary>The receipt of a request, once it is carried out and nothing is being worked on.</summary>
    public static async Task<ComplianceReceipt> ReceiptAsync(this TestHost host, ShopId shop, ComplianceTask task)
    {
        var files = host.Services.GetRequiredService<IComplianceFiles>();
        ComplianceReceipt? receipt = null;
        await Eventually.TrueAsync(async () => (receipt = (await files.ReceiptsAsync(shop, Stop)).FirstOrDefault(known => known.Task == task)) is not null, "the receipt is there");
        await host.SettleAsync();
        return receipt!;
    }
}
