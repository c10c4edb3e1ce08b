namespace Expansion.Connectors.Shopify.Topics;

/// <summary>All topics there are a use for, by name. Two that claim one name are a mistake, found at the start.</summary>
public sealed class ShopifyTopics(IEnumerable<IShopifyTopic> topics)
{
    private readonly Dictionary<string, IShopifyTopic> _byName =
        topics.SelectMany(topic => topic.Topics.Select(name => (name, topic))).ToDictionary(pair => pair.name, pair => pair.topic, StringComparer.Ordinal);

    /// <returns>Null for what there is no use for.</returns>
    public IShopifyTopic? Find(string name) => _byName.GetValueOrDefault(name);
}
