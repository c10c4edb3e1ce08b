using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Expansion.Functions.Operations;

namespace Expansion.Cli.Verbs;

/// <summary>The API's description: OpenAPI for programs, a table for people.</summary>
internal static class ApiVerb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var markdown = new Option<bool>("--markdown") { Description = "A table for people instead of OpenAPI." };
        var command = new Command("api", "Writes the API's description.") { markdown };
        command.SetAction(parsed =>
        {
            var document = OpenApiDocument.Create();
            Console.WriteLine(parsed.GetValue(markdown) ? Markdown(document) : document.ToJsonString(Indented));
        });
        return command;
    }

    internal static string Markdown(JsonObject document)
    {
        var text = new StringBuilder("# API\n\nWritten by `expansion api --markdown`. Shapes of bodies and answers are in `GET /api/openapi.json`.\n");
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => (Path: path.Key, Method: operation.Key, Operation: operation.Value!)));
        foreach (var noun in operations.GroupBy(operation => (string)operation.Operation["tags"]![0]!).OrderBy(noun => noun.Key, StringComparer.Ordinal))
        {
            text.Append('\n').Append("## ").Append(noun.Key).Append("\n\n| | | key |\n| --- | --- | --- |\n");
            foreach (var (path, method, operation) in noun)
            {
                var query = operation["parameters"]!.AsArray().Where(parameter => (string)parameter!["in"]! == "query").Select(parameter => (string)parameter!["name"]!).ToList();
                text.Append("| `").Append(method.ToUpperInvariant()).Append(' ').Append(path).Append(query.Count == 0 ? "" : $"?{string.Join('&', query)}").Append("` | ")
                    .Append(((string?)operation["summary"])?.Replace("|", "\\|", StringComparison.Ordinal)).Append(" | ").Append(operation["security"] is null ? "no" : "yes").Append(" |\n");
            }
        }

        return text.ToString().TrimEnd();
    }
}
