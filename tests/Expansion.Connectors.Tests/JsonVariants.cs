using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Expansion.Connectors.Tests;

/// <summary>A body as others like it come: with a field more or less, with null for it, its numbers as text, its lists empty.</summary>
internal static class JsonVariants
{
    /// <summary>Everything that can be otherwise, by its path.</summary>
    public static IEnumerable<(string What, Action<JsonNode> Change)> Of(JsonNode node, string path = "")
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

                foreach (var change in Of(value, place))
                {
                    yield return change;
                }
            }
        }

        if (node is JsonArray list)
        {
            foreach (var (index, item) in list.Index().Where(item => item.Item is JsonObject))
            {
                foreach (var change in Of(item!, $"{path}.{index}"))
                {
                    yield return change;
                }
            }
        }
    }

    /// <summary>Each number as large as a whole number gets, and as small.</summary>
    public static IEnumerable<(string What, Action<JsonNode> Change)> Large(JsonNode node) =>
        from change in Of(node)
        where change.What.EndsWith(" as text", StringComparison.Ordinal)
        let path = change.What[..change.What.IndexOf(' ', StringComparison.Ordinal)]
        let field = path[(path.LastIndexOf('.') + 1)..]
        from number in new[] { long.MaxValue, long.MinValue }
        select ($"{path} {number}", (Action<JsonNode>)(body => At(body, path[..path.LastIndexOf('.')]).AsObject()[field] = number));

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
