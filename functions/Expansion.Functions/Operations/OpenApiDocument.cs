using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Operations;

/// <summary>
/// The API as OpenAPI 3.1, from what the functions say of themselves: routes, methods and levels from their attributes, words from their summaries,
/// shapes from the types that they take and answer.
/// </summary>
public static partial class OpenApiDocument
{
    private const string Problem = "#/components/schemas/Problem";

    public static JsonObject Create()
    {
        var (schemas, summaries, paths) = (new OpenApiSchemas(), Summaries(), new JsonObject());
        foreach (var function in FunctionTraits.All.Values.OrderBy(function => function.Route, StringComparer.Ordinal).ThenBy(function => function.Name, StringComparer.Ordinal))
        {
            var path = $"/api/{Constraint().Replace(function.Route, "}")}".Replace("{*", "{", StringComparison.Ordinal);
            foreach (var method in function.Methods)
            {
                paths[path] ??= new JsonObject();
                paths[path]![method.ToLowerInvariant()] = Operation(function, OperationId(function, method), path, schemas, summaries);
            }
        }

        schemas.Add("Problem", JsonNode.Parse("""
            {
              "description": "RFC 9457: what is wrong, and in detail what to do about it.",
              "type": "object",
              "properties": { "title": { "type": "string" }, "status": { "type": "integer" }, "detail": { "type": "string" }, "errors": { "type": "object" } }
            }
            """)!);
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Expansion", ["version"] = "1", ["description"] = "Every time is UTC in ISO 8601, every property snake_case. A refusal is a problem document." },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.All,
                ["securitySchemes"] = new JsonObject { ["key"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "x-functions-key" } },
            },
        };
    }

    /// <summary>Names of operations are unique, so that a function of several methods needs one for each.</summary>
    public static string OperationId(FunctionTraits function, string method) => function.Methods.Count == 1 ? function.Name : $"{function.Name}-{method.ToLowerInvariant()}";

    private static JsonObject Operation(FunctionTraits function, string id, string path, OpenApiSchemas schemas, Dictionary<string, string> summaries)
    {
        var answers = function.Method.GetCustomAttributes<AnswersAttribute>().SingleOrDefault();
        var operation = new JsonObject
        {
            ["operationId"] = id,
            ["tags"] = new JsonArray(function.Method.DeclaringType!.Namespace!.Split('.')[^1]),
            ["parameters"] = new JsonArray([.. Parameters(function, path)]),
            ["responses"] = new JsonObject
            {
                [$"{answers?.Status ?? 200}"] = answers is null ? Described("Done.") : Described("Done.", "application/json", schemas.Reference(answers.Type)),
                ["default"] = Described("Refused: the problem says why and what to do.", "application/problem+json", new JsonObject { ["$ref"] = Problem }),
            },
        };
        if (summaries.GetValueOrDefault(function.Method.DeclaringType.FullName!) is { } summary)
        {
            operation["summary"] = summary;
        }

        if (function.Method.GetCustomAttributes<TakesAttribute>().SingleOrDefault() is { } takes)
        {
            operation["requestBody"] = Described("", "application/json", schemas.Reference(takes.Type));
        }
        else if (function.TakesFile)
        {
            operation["requestBody"] = Described("The file, compressed with gzip or not.", "text/csv", new JsonObject { ["type"] = "string", ["format"] = "binary" });
        }

        if (function.Level != AuthorizationLevel.Anonymous)
        {
            operation["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() });
        }

        return operation;
    }

    private static IEnumerable<JsonNode> Parameters(FunctionTraits function, string path) =>
        RoutePart().Matches(path).Select(part => Parameter(part.Groups[1].Value, "path", required: true))
            .Concat((function.Method.GetCustomAttribute<AsksAttribute>()?.Names ?? []).Select(name => Parameter(name, "query", required: name == "shop")));

    private static JsonObject Parameter(string name, string place, bool required) =>
        new() { ["name"] = name, ["in"] = place, ["required"] = required, ["schema"] = new JsonObject { ["type"] = "string" } };

    private static JsonObject Described(string description, string? mediaType = null, JsonNode? schema = null) => mediaType is null
        ? new() { ["description"] = description }
        : new() { ["description"] = description, ["content"] = new JsonObject { [mediaType] = new JsonObject { ["schema"] = schema } } };

    /// <summary>The summaries of types, by full name, from the documentation file that the compiler writes beside the assembly; without it the document has no words.</summary>
    private static Dictionary<string, string> Summaries()
    {
        var file = Path.ChangeExtension(typeof(OpenApiDocument).Assembly.Location, ".xml");
        return !File.Exists(file) ? [] : XDocument.Load(file).Descendants("member")
            .Where(member => member.Attribute("name")!.Value.StartsWith("T:", StringComparison.Ordinal) && member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value[2..], member => Text(member.Element("summary")!));
    }

    private static string Text(XElement summary) => Blank().Replace(
        string.Concat(summary.Nodes().Select(node => node is XElement element ? element.Attribute("cref")?.Value.Split('.')[^1] ?? element.Value : node.ToString())), " ").Trim();

    [GeneratedRegex(@":\w+\??\}")]
    private static partial Regex Constraint();

    [GeneratedRegex(@"\{(\w+)\??\}")]
    private static partial Regex RoutePart();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
