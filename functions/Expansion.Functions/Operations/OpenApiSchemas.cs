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
            Anchor(schema, type.Name);
            Add(type.Name, schema);
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{type.Name}" };
    }

    /// <summary>Inside a schema a type that is met again is referred to from the schema's root, which lies deeper in the document.</summary>
    private static void Anchor(JsonNode schema, string name)
    {
        if (schema is JsonArray array)
        {
            foreach (var item in array.OfType<JsonNode>())
            {
                Anchor(item, name);
            }
        }
        else if (schema is JsonObject properties)
        {
            if (properties["$ref"] is JsonValue reference)
            {
                properties["$ref"] = $"#/components/schemas/{name}{reference.GetValue<string>()[1..]}";
            }

            foreach (var property in properties.Select(property => property.Value).OfType<JsonNode>())
            {
                Anchor(property, name);
            }
        }
    }

    /// <summary>Types that a converter writes say nothing of themselves: ids are strings, and what else there is may be anything.</summary>
    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema) =>
        context.TypeInfo.Type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IId<>))
            ? new JsonObject { ["type"] = "string" }
            : schema;
}
