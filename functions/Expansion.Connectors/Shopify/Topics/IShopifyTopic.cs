using System.Text.Json;
using Expansion.Engine;

namespace Expansion.Connectors.Shopify.Topics;

/// <summary>Some of Shopify's topics that are read alike. A new one is a class here and a line in <see cref="ShopifyServices"/>.</summary>
public interface IShopifyTopic
{
    /// <summary>Their names as Shopify writes them, e.g. orders/create.</summary>
    IReadOnlySet<string> Topics { get; }

    /// <summary>What the delivery says in our words, each for a queue of its own; none if it says nothing of use.</summary>
    /// <exception cref="JsonException">The body isn't what the topic says.</exception>
    IReadOnlyList<IReceived> Read(ShopifyDelivery delivery);
}
