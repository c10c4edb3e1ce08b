using System.Text.Json;
using System.Text.Json.Nodes;

namespace Expansion.Engine.Timing.Signals;

/// <summary>
/// Checks a document against a schema that <see cref="SignalSchema"/> made, and knows the keywords that one holds and no others:
/// type, const, enum, required, properties, additionalProperties, items, minimum, maximum, the limits of lengths, and format date-time.
/// </summary>
internal static class SchemaCheck
{
    public static IEnumerable<SchemaError> Check(JsonElement json, JsonObject schema, string path)
    {
        if (schema["const"] is { } only)
        {
            return json.ValueKind == JsonValueKind.String && json.GetString() == (string?)only ? [] : [new(path, $"must be {only}")];
        }

        if (schema["enum"] is JsonArray words)
        {
            return words.Any(word => IsWord(json, word)) ? [] : [new(path, $"must be one of {string.Join(", ", words.OfType<JsonValue>())}")];
        }

        var types = schema["type"] is JsonArray several ? several.Select(type => (string)type!).ToArray() : [(string)schema["type"]!];
        return types.Any(type => Is(json, type))
            ? json.ValueKind switch
            {
                JsonValueKind.Object => Properties(json, schema, path),
                JsonValueKind.Array => Items(json, schema, path),
                JsonValueKind.String => Text(json, json.GetString()!, schema, path),
                JsonValueKind.Number => Number(json.GetDouble(), schema, path),
                _ => [],
            }
            : [new(path, $"must be {string.Join(" or ", types.Where(type => type != "null").Select(Article))}")];
    }

    private static bool IsWord(JsonElement json, JsonNode? word) =>
        word is null ? json.ValueKind == JsonValueKind.Null : json.ValueKind == JsonValueKind.String && json.GetString() == (string?)word;

    private static bool Is(JsonElement json, string type) => type switch
    {
        "object" => json.ValueKind == JsonValueKind.Object,
        "array" => json.ValueKind == JsonValueKind.Array,
        "string" => json.ValueKind == JsonValueKind.String,
        "number" => json.ValueKind == JsonValueKind.Number,
        "integer" => json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out _),
        "boolean" => json.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => json.ValueKind == JsonValueKind.Null,
    };

    private static string Article(string type) => type switch
    {
        "object" or "array" => $"an {type}",
        "string" => "text",
        "integer" => "a whole number",
        "boolean" => "true or false",
        _ => $"a {type}",
    };

    private static IEnumerable<SchemaError> Properties(JsonElement json, JsonObject schema, string path)
    {
        foreach (var missing in (schema["required"] as JsonArray ?? []).Where(name => !json.TryGetProperty((string)name!, out _)))
        {
            yield return new($"{path}.{missing}", "is missing");
        }

        if (json.GetPropertyCount() > Limit(schema, "maxProperties"))
        {
            yield return new(path, $"may have at most {schema["maxProperties"]} entries");
        }

        foreach (var property in json.EnumerateObject())
        {
            var own = $"{path}.{property.Name}";
            if ((schema["properties"]?[property.Name] ?? schema["additionalProperties"]) is JsonObject known)
            {
                foreach (var error in Check(property.Value, known, own))
                {
                    yield return error;
                }
            }
            else
            {
                yield return new(own, $"is not known; there are {string.Join(", ", ((JsonObject)schema["properties"]!).Select(entry => entry.Key))}");
            }
        }
    }

    private static IEnumerable<SchemaError> Items(JsonElement json, JsonObject schema, string path)
    {
        var errors = json.EnumerateArray().SelectMany((item, index) => Check(item, (JsonObject)schema["items"]!, $"{path}[{index}]"));
        return json.GetArrayLength() <= Limit(schema, "maxItems") ? errors : [new(path, $"may have at most {schema["maxItems"]} items")];
    }

    private static IEnumerable<SchemaError> Text(JsonElement json, string text, JsonObject schema, string path)
    {
        // Without an offset the time would be the machine's.
        if ((string?)schema["format"] == "date-time" && !(json.TryGetDateTimeOffset(out _) && text.Contains('T', StringComparison.Ordinal) && (text[^1] == 'Z' || text[^6] is '+' or '-')))
        {
            yield return new(path, "must be a time such as 2026-03-01T09:30:00Z");
        }

        if (text.Length < (int?)schema["minLength"] || text.Length > Limit(schema, "maxLength"))
        {
            yield return new(path, $"must have {schema["minLength"] ?? 0} to {schema["maxLength"]} characters");
        }
    }

    private static IEnumerable<SchemaError> Number(double number, JsonObject schema, string path)
    {
        if (!double.IsFinite(number))
        {
            yield return new(path, "is too large");
        }
        else if (number < (double?)schema["minimum"] || number > (double?)schema["maximum"])
        {
            yield return new(path, $"must be from {schema["minimum"]} to {schema["maximum"]}");
        }
    }

    private static int Limit(JsonObject schema, string keyword) => (int?)schema[keyword] ?? int.MaxValue;
}
