using System.Globalization;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Expansion.Functions.Operations;
using Expansion.LocalHost;
using Expansion.Testing;

namespace Expansion.Functions.Tests.Operations;

[Trait("Category", "Azurite")]
public sealed partial class OpenApiTests(AzuriteFixture azurite)
{
    private static readonly JsonObject Document = OpenApiDocument.Create();

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static IEnumerable<JsonObject> Operations => Document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!.AsObject());

    [Fact]
    public async Task GetOpenApi_OfTheApp_ListsEveryFunctionOnce()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount());

        var served = await host.Client.GetFromJsonAsync<JsonObject>("/api/openapi.json");

        Assert.True(JsonNode.DeepEquals(Document, served));
        Assert.Equal(
            FunctionTraits.All.Values.SelectMany(function => function.Methods.Select(method => OpenApiDocument.OperationId(function, method))).Order(StringComparer.Ordinal),
            Operations.Select(operation => (string)operation["operationId"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void References_OfTheDocument_AllLeadSomewhere()
    {
        var references = Reference().Matches(Document.ToJsonString()).Select(match => match.Groups[1].Value).Distinct();

        Assert.All(references, reference => Assert.NotNull(reference.Split('/').Skip(1).Aggregate((JsonNode?)Document, (node, step) => node is JsonArray array ? array[int.Parse(step, CultureInfo.InvariantCulture)] : node?[step])));
    }

    /// <summary>The dashboard's client is made from the operations that its copy of the document lists.</summary>
    [Fact]
    public void CopyOfTheDashboard_OfTheDocument_IsCurrent()
    {
        var root = RepositoryRoot.Find();
        var copy = JsonNode.Parse(File.ReadAllText(Path.Combine(root, "functions", "Expansion.Dashboard", "openapi.json")))!;
        var current = Part(copy["paths"]!.AsObject());
        if (!JsonNode.DeepEquals(copy, current))
        {
            Directory.CreateDirectory(Path.Combine(root, "artifacts"));
            File.WriteAllText(Path.Combine(root, "artifacts", "openapi.json"), current.ToJsonString(Written) + "\n");
            Assert.Fail("The API has changed: cp artifacts/openapi.json functions/Expansion.Dashboard/openapi.json");
        }
    }

    [Fact]
    public void Operations_OfFunctionsWithAKey_SaySo() => Assert.All(Operations, operation => Assert.Equal(
        FunctionTraits.All[((string)operation["operationId"]!).Split('-')[0]].Level != Microsoft.Azure.Functions.Worker.AuthorizationLevel.Anonymous, operation["security"] is not null));

    /// <summary>A function that reads its query names all that it knows when it meets a name that it doesn't know: that is compared with what it declares.</summary>
    [Fact]
    public async Task Asks_OfEachFunction_IsWhatTheFunctionReads()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount());
        var wrong = new List<string>();
        foreach (var function in FunctionTraits.All.Values)
        {
            var path = $"/api/{string.Join('/', function.Route.Split('/').Select(part => part.StartsWith('{') ? "x" : part))}?zzz=1";
            using var request = new HttpRequestMessage(HttpMethod.Parse(function.Methods[0]), path) { Content = function.Methods[0] == "get" ? null : new StringContent("{}") };
            using var answer = await host.Client.SendAsync(request);
            var known = Known().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries);
            if (!known.ToHashSet().SetEquals(function.Method.GetCustomAttribute<AsksAttribute>()?.Names ?? []) && known.Length > 0)
            {
                wrong.Add($"{function.Name}: [Asks({string.Join(", ", known.Select(name => $"\"{name}\""))})]");
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Prepend("Put these beside [Function]:")));
    }

    /// <summary>The operations that are wanted, without words, and the schemas that they refer to.</summary>
    private static JsonObject Part(JsonObject wanted)
    {
        var part = Document.DeepClone().AsObject();
        var paths = part["paths"]!.AsObject();
        foreach (var (path, operations) in paths.ToList())
        {
            foreach (var (method, operation) in operations!.AsObject().ToList())
            {
                operation!.AsObject().Remove("summary");
                if (wanted[path]?[method] is null)
                {
                    operations.AsObject().Remove(method);
                }
            }

            if (operations.AsObject().Count == 0)
            {
                paths.Remove(path);
            }
        }

        var schemas = part["components"]!["schemas"]!.AsObject();
        var used = new HashSet<string>();
        for (var found = Names(paths); used.Count < found.Count; found = [.. found, .. used.SelectMany(name => Names(schemas[name]!))])
        {
            used = found;
        }

        foreach (var unused in schemas.Select(schema => schema.Key).Where(name => !used.Contains(name)).ToList())
        {
            schemas.Remove(unused);
        }

        return part;
    }

    private static HashSet<string> Names(JsonNode node) => [.. Reference().Matches(node.ToJsonString()).Select(match => match.Groups[1].Value.Split('/')[3])];

    [GeneratedRegex("\"\\$ref\":\"([^\"]+)\"")]
    private static partial Regex Reference();

    [GeneratedRegex("There is no zzz: use ([a-z_, ]+)")]
    private static partial Regex Known();
}
