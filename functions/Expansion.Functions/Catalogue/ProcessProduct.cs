using Expansion.Engine;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Engine.Shops;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Catalogue;

/// <summary>Stores a product that a shop sent. A repeat changes nothing, nor does one that is overtaken.</summary>
public sealed class ProcessProduct(IInbox inbox, IShopStore shops, CatalogueWriter catalogue)
{
    [Function(nameof(ProcessProduct))]
    public async Task Run([QueueTrigger(ProductReceived.Queue)] ProductReceived message, CancellationToken cancellationToken)
    {
        if (await inbox.OpenAsync(message, cancellationToken) is not { } received)
        {
            return;
        }

        var shop = await shops.EnsureAsync(received.Shop, cancellationToken);
        var product = received.Product ?? throw new InvalidOperationException($"A message of {received.Shop} holds no product (payload {message.Payload ?? "none"}).");
        await catalogue.SaveAsync(received.Shop, product.In(shop.Settings.Currency), cancellationToken);
        await inbox.DoneAsync(message, cancellationToken);
    }
}
