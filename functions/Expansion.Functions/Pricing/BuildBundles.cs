using Expansion.Engine.Offers.Bundles;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

public sealed class BuildBundles(ShopBundles bundles)
{
    [Function(nameof(BuildBundles))]
    public async Task Run([QueueTrigger(BundlesDue.Queue)] BundlesDue message, CancellationToken cancellationToken) =>
        await bundles.RunAsync(message.Shop, cancellationToken);
}
