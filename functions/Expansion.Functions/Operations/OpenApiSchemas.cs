using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Expansion.Engine;

namespace Expansion.Functions.Operations;

/// <summary>The shapes that functions take and answer, each once and by the name of its type.</summary>
internal sealed class OpenApiSchemas
{
    private static readonly JsonSerializerOptions Json = new(ExpansionJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private static readonly JsonSchemaExporterOptions Exporter = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };

    public JsonObject All { get; } = [];

    public void Add(string name, JsonNode schema) => All[name] = schema;

    public JsonNode Reference(Type type)
    {
        if (type.IsGenericType || type.IsArray)
        {
            return Json.GetJsonSchemaAsNode(type, Exporter);
        }

        if (!All.ContainsKey(type.Name))
        {
            Add(type.Name, Json.GetJsonSchemaAsNode(type, Exporter));
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{type.Name}" };
    }

    /// <summary>Types that a converter writes say nothing of themselves: ids are strings, and what else there is may be anything.</summary>
    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema) =>
        context.TypeInfo.Type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IId<>))
            ? new JsonObject { ["type"] = "string" }
            : schema;
}
