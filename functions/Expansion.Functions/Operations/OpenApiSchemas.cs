using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Expansion.Engine;

namespace Expansion.Functions.Operations;

/// <summary>The shapes that functions take and answer, each once and by the name of its type.</summary>
internal sealed class OpenApiSchemas
{
    private static readonly JsonSchemaExporterOptions Exporter = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };

    public JsonObject All { get; } = [];

    public void Add(string name, JsonNode schema) => All[name] = schema;

    public JsonNode Reference(Type type)
    {
        if (type.IsGenericType || type.IsArray)
        {
            return ExpansionJson.Options.GetJsonSchemaAsNode(type, Exporter);
        }

        if (!All.ContainsKey(type.Name))
        {
            var schema = ExpansionJson.Options.GetJsonSchemaAsNode(type, Exporter);
            Add(type.Name, WriteOut(schema, schema, "#", type.Name)!);
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{type.Name}" };
    }

    /// <summary>
    /// Inside a schema a type that is met again is referred to by where it was met first. Generators of clients read references to named schemas only, so that
    /// it is written out again; but of a type that holds itself the reference stays, from the document's root.
    /// </summary>
    /// <param name="at">Where the node stands in the schema.</param>
    private static JsonNode? WriteOut(JsonNode? node, JsonNode schema, string at, string name)
    {
        if (node is JsonArray array)
        {
            return new JsonArray([.. array.Select((item, index) => WriteOut(item, schema, $"{at}/{index}", name))]);
        }

        if (node is not JsonObject properties)
        {
            return node?.DeepClone();
        }

        if (properties["$ref"] is not JsonValue reference)
        {
            return new JsonObject(properties.Select(property => KeyValuePair.Create(property.Key, WriteOut(property.Value, schema, $"{at}/{property.Key}", name))));
        }

        var target = reference.GetValue<string>();
        return $"{at}/".StartsWith($"{target}/", StringComparison.Ordinal)
            ? new JsonObject { ["$ref"] = $"#/components/schemas/{name}{target[1..]}" }
            : WriteOut(target.Split('/').Skip(1).Aggregate(schema, (found, step) => (found is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)] : found[step])!), schema, target, name);
    }

    /// <summary>Types that a converter writes say nothing of themselves: ids are strings, and what else there is may be anything.</summary>
    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = context.TypeInfo.Type;
        if (IsId(type))
        {
            return new JsonObject { ["type"] = "string" };
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying && IsId(underlying))
        {
            return new JsonObject { ["type"] = new JsonArray("string", "null") };
        }

        if (context.TypeInfo.ElementType is { } element && IsId(element) && schema is JsonObject list)
        {
            list["items"] = new JsonObject { ["type"] = "string" };
        }

        return schema;
    }

    private static bool IsId(Type type) => type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IId<>));
}
