using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Expansion.Engine.Timing.Signals;

/// <summary>
/// The JSON schema of a signal (draft 2020-12), made from the records of this folder, so that what is published, what is checked and what is read can't differ.
/// </summary>
public static class SignalSchema
{
    private static readonly JsonSerializerOptions Reading = new(ExpansionJson.Options) { AllowOutOfOrderMetadataProperties = true, RespectRequiredConstructorParameters = true };

    private static readonly JsonSchemaExporterOptions Exporting = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };

    private static readonly Dictionary<string, JsonObject> Types = typeof(Signal).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(derived => (string)derived.TypeDiscriminator!, derived => Export(derived.DerivedType, (string)derived.TypeDiscriminator!));

    /// <summary>One schema for every type, told apart by "type".</summary>
    public static JsonObject Document { get; } = new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "Signal",
        ["description"] = "Something that happened to a customer. POST one, or an array of them, to /api/events.",
        ["oneOf"] = new JsonArray([.. Types.Keys.Select(type => new JsonObject { ["$ref"] = $"#/$defs/{type}" })]),
        ["$defs"] = new JsonObject(Types.Select(type => KeyValuePair.Create(type.Key, (JsonNode?)type.Value.DeepClone()))),
    };

    /// <returns>The signal, or every mistake with the path to it.</returns>
    public static (Signal? Signal, IReadOnlyList<SchemaError> Errors) Read(JsonElement json)
    {
        try
        {
            return ReadText(json);
        }
        catch (InvalidOperationException)
        {
            // JSON is checked for its form when it is parsed, its text (UTF-8, halves of surrogate pairs) only when it is looked at.
            return (null, [new("$", "must be text in UTF-8")]);
        }
    }

    private static (Signal? Signal, IReadOnlyList<SchemaError> Errors) ReadText(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return (null, [new("$", "must be an object")]);
        }

        if (!json.TryGetProperty("type", out var name) || name.ValueKind != JsonValueKind.String || !Types.TryGetValue(name.GetString()!, out var type))
        {
            return (null, [new("$.type", $"must be one of {string.Join(", ", Types.Keys)}")]);
        }

        var errors = SchemaCheck.Check(json, type, "$").ToList();
        if (errors.Count > 0)
        {
            return (null, errors);
        }

        var signal = json.Deserialize<Signal>(Reading)!;
        return signal.Customer == Signal.Everybody && signal is not PriceChanged ? (null, [new("$.customer", "can be \"*\" in price_changed only")]) : (signal, []);
    }

    private static JsonObject Export(Type type, string discriminator)
    {
        var schema = (JsonObject)Reading.GetJsonSchemaAsNode(type, Exporting);
        var properties = (JsonObject)schema["properties"]!;
        foreach (var optional in properties.Select(property => property.Value).OfType<JsonObject>().Where(property => property["type"] is null && property["enum"] is null))
        {
            // An id that may be missing never comes by Describe.
            optional["type"] = new JsonArray("string", "null");
            optional["minLength"] = 1;
            optional["maxLength"] = 255;
        }

        properties.Insert(0, "type", new JsonObject { ["const"] = discriminator });
        ((JsonArray)schema["required"]!).Insert(0, "type");
        schema["additionalProperties"] = false;
        return schema;
    }

    private static JsonObject Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        // A type that reads itself, as an id does, is exported as `true`.
        var schema = node as JsonObject ?? new JsonObject { ["type"] = "string" };
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(Money))
        {
            schema["required"] = new JsonArray("amount", "currency");
            schema["additionalProperties"] = false;
            schema["properties"]!["amount"] = new JsonObject { ["type"] = "number", ["minimum"] = -1e12, ["maximum"] = 1e12 };
            schema["properties"]!["currency"] = new JsonObject { ["type"] = "string", ["minLength"] = 3, ["maxLength"] = 3 };
        }
        else if (type == typeof(PlanTerms))
        {
            schema["additionalProperties"] = false;
        }

        if (context.TypeInfo.Kind == JsonTypeInfoKind.Enumerable && schema["items"] is null)
        {
            // A list of such is exported without a word on its items.
            schema["items"] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 255 };
        }

        foreach (var attribute in context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(inherit: true) ?? [])
        {
            Limit(schema, attribute);
        }

        return schema;
    }

    private static void Limit(JsonObject schema, object attribute)
    {
        var unit = schema["items"] is not null ? "Items" : schema["additionalProperties"] is JsonObject ? "Properties" : "Length";
        switch (attribute)
        {
            case RangeAttribute range:
                schema["minimum"] = Convert.ToDouble(range.Minimum, null);
                schema["maximum"] = Convert.ToDouble(range.Maximum, null);
                break;
            case LengthAttribute length:
                schema[$"min{unit}"] = length.MinimumLength;
                schema[$"max{unit}"] = length.MaximumLength;
                break;
            case MaxLengthAttribute length:
                schema[$"max{unit}"] = length.Length;
                break;
        }
    }
}

/// <param name="Path">Where in the document, e.g. $.terms.plan.</param>
public sealed record SchemaError(string Path, string Reason);
