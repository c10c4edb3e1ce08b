using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Expansion.Connectors.Shopify;
using Expansion.Connectors.Shopify.Topics;
using Expansion.Engine;
using Expansion.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Connectors.Tests.Shopify.Topics;

/// <summary>Shopify's samples as others like them come: with a field more or less, with null for it, its numbers as text, its lists empty. Only what a topic can't do without may be missed.</summary>
public sealed partial class SampleVariantTests
{
    private static readonly ShopId Shop = ShopId.From("coffee.myshopify.com");
    private static readonly DateTimeOffset Sent = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ShopifyTopics Topics = new ServiceCollection().AddShopify(new ConfigurationBuilder().Build()).BuildServiceProvider().GetRequiredService<ShopifyTopics>();

    /// <summary>Without these, there is nothing to do.</summary>
    private static readonly HashSet<string> Needed =
    [
        "bulk_operations/finish .admin_graphql_api_id gone",
        "bulk_operations/finish .admin_graphql_api_id null",
        "customers/create .id gone",
        "customers/create .id null",
        "customers/delete .id gone",
        "customers/delete .id null",
        "inventory_levels/update .inventory_item_id gone",
        "inventory_levels/update .inventory_item_id null",
        "inventory_levels/update .location_id gone",
        "inventory_levels/update .location_id null",
        "orders/create .created_at empty",
        "orders/create .created_at gone",
        "orders/create .created_at null",
        "orders/create .currency gone",
        "orders/create .id gone",
        "orders/create .id null",
        "orders/create .line_items gone",
        "orders/create .line_items null",
        "orders/create .line_items.quantity gone",
        "orders/create .line_items.quantity null",
        "products/create .id gone",
        "products/create .id null",
        "products/delete .id gone",
        "products/delete .id null",
        "products/update .id gone",
        "products/update .id null",
        "refunds/create .id gone",
        "refunds/create .id null",
        "refunds/create .order_id gone",
        "refunds/create .order_id null",
        "subscription_contracts/create .id gone",
        "subscription_contracts/create .id null",
        "subscription_contracts/update .id gone",
        "subscription_contracts/update .id null",
    ];

    public static TheoryData<string> Samples()
    {
        var samples = new TheoryData<string>();
        var folder = SharedMaterial.Find("integrations/samples/shopify/webhooks");
        foreach (var file in folder is null ? [""] : Directory.GetFiles(folder, "*.json"))
        {
            samples.Add(Path.GetFileNameWithoutExtension(file));
        }

        return samples;
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Read_WithEachFieldGoneOrNullOrOtherwiseWritten_MissesOnlyWhatIsNeeded(string sample)
    {
        Assert.SkipWhen(sample.Length == 0, SharedMaterial.Missing);
        var folder = SharedMaterial.Find("integrations/samples/shopify/webhooks")!;
        var name = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "TOPICS.json")))!.AsObject().Select(topic => topic.Key).FirstOrDefault(topic => topic.Replace('/', '_').Replace('.', '_') == sample);
        if (name is null || Topics.Find(name) is not { } topic)
        {
            return;
        }

        var text = File.ReadAllText(Path.Combine(folder, $"{sample}.json"));
        topic.Read(new(Shop, name, "1", Sent, JsonSerializer.SerializeToUtf8Bytes(JsonNode.Parse(text))));
        var missed = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (what, change) in JsonVariants.Of(JsonNode.Parse(text)!))
        {
            var body = JsonNode.Parse(text)!;
            change(body);
            try
            {
                topic.Read(new(Shop, name, "1", Sent, JsonSerializer.SerializeToUtf8Bytes(body)));
            }
            catch (JsonException)
            {
                missed.Add($"{name} {Place().Replace(what, "")}");
            }
        }

        Assert.True(missed.SetEquals(Needed.Where(needed => needed.StartsWith($"{name} ", StringComparison.Ordinal))), string.Join('\n', missed));
    }

    /// <summary>Where in a list.</summary>
    [GeneratedRegex("\\.\\d+(?=\\.)")]
    private static partial Regex Place();
}
