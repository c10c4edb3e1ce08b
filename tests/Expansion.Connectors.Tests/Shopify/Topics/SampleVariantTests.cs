using System.Globalization;
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
        foreach (var (what, change) in Changes(JsonNode.Parse(text)!, ""))
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

    /// <summary>Everything that can be otherwise, by its path.</summary>
    private static IEnumerable<(string What, Action<JsonNode> Change)> Changes(JsonNode node, string path)
    {
        foreach (var (key, place) in node is JsonObject fields ? fields.Select(field => (Key: field.Key, Place: $"{path}.{field.Key}")).ToList() : [])
        {
            yield return ($"{place} gone", body => At(body, path).AsObject().Remove(key));
            if (node[key] is { } value)
            {
                yield return ($"{place} null", body => At(body, path)[key] = null);
                foreach (var (what, other) in Others(value))
                {
                    yield return ($"{place} {what}", body => At(body, path)[key] = other.DeepClone());
                }

                foreach (var change in Changes(value, place))
                {
                    yield return change;
                }
            }
        }

        if (node is JsonArray list)
        {
            foreach (var (index, item) in list.Index().Where(item => item.Item is JsonObject))
            {
                foreach (var change in Changes(item!, $"{path}.{index}"))
                {
                    yield return change;
                }
            }
        }
    }

    private static IEnumerable<(string What, JsonNode Other)> Others(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Number => [("as text", JsonValue.Create(value.ToJsonString()))],
        JsonValueKind.Array => [("empty", new JsonArray()), ("with null", new JsonArray((JsonNode?)null))],
        JsonValueKind.Object => [("with more", Add(value.DeepClone().AsObject()))],
        JsonValueKind.String when decimal.TryParse((string)value!, CultureInfo.InvariantCulture, out var number) => [("as number", JsonValue.Create(number))],
        JsonValueKind.String => [("empty", JsonValue.Create(""))],
        _ => [],
    };

    private static JsonObject Add(JsonObject fields)
    {
        fields["a_field_nobody_knows"] = new JsonArray(1, "two", null);
        return fields;
    }

    private static JsonNode At(JsonNode body, string path) =>
        path.Split('.', StringSplitOptions.RemoveEmptyEntries).Aggregate(body, (node, step) => (node is JsonArray ? node[int.Parse(step, CultureInfo.InvariantCulture)] : node[step])!);
}
