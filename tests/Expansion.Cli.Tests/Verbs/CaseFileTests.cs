using System.Text.Json;
using System.Text.Json.Nodes;
using Expansion.Cli.Verbs.Experiments;
using Expansion.Cli.Verbs.Metrics;
using Expansion.Testing;

namespace Expansion.Cli.Tests.Verbs;

public sealed class CaseFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cases-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("eval/experiments_reference.json", "method")]
    [InlineData("eval/metrics_reference.json", "metric")]
    public async Task AnswerAsync_ReferenceFile_EveryCaseIsWithinItsTolerance(string file, string kindKey)
    {
        var path = SharedMaterial.Find(file);
        Assert.SkipWhen(path is null, SharedMaterial.Missing);
        var (code, answers, errors) = await AnswerAsync(await File.ReadAllTextAsync(path!), kindKey);

        Assert.Equal((0, ""), (code, errors));
        using var reference = JsonDocument.Parse(await File.ReadAllTextAsync(path!));
        Assert.All(reference.RootElement.GetProperty("cases").EnumerateArray(), @case =>
        {
            var tolerance = @case.GetProperty("tolerance");
            Compare(
                @case.GetProperty("id").GetString()!, @case.GetProperty("expected"), answers.GetProperty(@case.GetProperty("id").GetString()!),
                tolerance.GetProperty("rel").GetDouble(), tolerance.GetProperty("abs").GetDouble());
        });
    }

    [Fact]
    public async Task AnswerAsync_KindNobodyKnows_IsToldAndTheRestAnswered()
    {
        var (code, answers, errors) = await AnswerAsync(
            """
            {"cases":[{"id":"a","method":"tea_leaves","input":{}},
                      {"id":"b","method":"mde","input":{"baseline":0.03}},
                      {"id":"c","method":"shrunk_lift","input":{"log_effect":0.1,"se":0.1}}]}
            """, "method");

        Assert.Equal(1, code);
        Assert.Equal(0.5, answers.GetProperty("c").GetProperty("weight").GetDouble(), 12);
        Assert.Single(answers.EnumerateObject());
        Assert.Contains("Case a wasn't answered: its method 'tea_leaves' isn't known.", errors, StringComparison.Ordinal);
        Assert.Contains("Case b wasn't answered", errors, StringComparison.Ordinal);
        Assert.Contains("n_per_arm", errors, StringComparison.Ordinal);
    }

    /// <summary>One case of each kind, with one of its numbers or lists after the other made odd: answered, or refused in words that a person can act on.</summary>
    [Theory]
    [InlineData("eval/experiments_reference.json", "method")]
    [InlineData("eval/metrics_reference.json", "metric")]
    public async Task AnswerAsync_OddNumbers_AreAnsweredOrRefusedInWords(string file, string kindKey)
    {
        var path = SharedMaterial.Find(file);
        Assert.SkipWhen(path is null, SharedMaterial.Missing);
        var cases = JsonNode.Parse(await File.ReadAllTextAsync(path!))!["cases"]!.AsArray().DistinctBy(@case => (string?)@case![kindKey]).ToList();
        var odd = new JsonArray();
        foreach (var @case in cases)
        {
            foreach (var (place, value) in Places(@case!["input"]!).SelectMany(_ => new[] { "0", "-1", "1", "1e300", "1e-300", "[]" }, (place, value) => (place, value)))
            {
                var input = @case["input"]!.DeepClone();
                Set(input, place, JsonNode.Parse(value));
                odd.Add(new JsonObject { ["id"] = $"{@case["id"]} {string.Join('.', place)} {value}", [kindKey] = (string?)@case[kindKey], ["input"] = input });
            }
        }

        var (_, answers, errors) = await AnswerAsync(new JsonObject { ["cases"] = odd }.ToJsonString(), kindKey);

        Assert.Equal(odd.Count, answers.EnumerateObject().Count() + errors.Split("wasn't answered: ").Length - 1);
        Assert.InRange(answers.EnumerateObject().Count(), odd.Count / 4, odd.Count);
        Assert.DoesNotContain("NumberHandling", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("algorithm has failed", errors, StringComparison.Ordinal);
    }

    private static IEnumerable<IReadOnlyList<string>> Places(JsonNode node) => node switch
    {
        JsonObject fields => fields.Where(field => field.Value is not null).SelectMany(field => Places(field.Value!).Select(place => (IReadOnlyList<string>)[field.Key, .. place])),
        JsonArray { Count: > 0 } list => Places(list[0]!).Select(place => (IReadOnlyList<string>)["0", .. place]).Append([]),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => [[]],
        _ => [],
    };

    private static void Set(JsonNode node, IReadOnlyList<string> place, JsonNode? value)
    {
        foreach (var step in place.SkipLast(1))
        {
            node = node is JsonArray list ? list[int.Parse(step, null)]! : node[step]!;
        }

        if (node is JsonArray last)
        {
            last[int.Parse(place[^1], null)] = value;
        }
        else
        {
            node[place[^1]] = value;
        }
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("{\"cases\":3}")]
    public async Task AnswerAsync_NoCases_FailsWithTheFilesName(string text)
    {
        var cases = await WriteAsync(text);
        var errors = new StringWriter();

        Assert.Equal(1, await CaseFile.AnswerAsync(cases, Output, "method", ExperimentCases.Kinds, errors, TestContext.Current.CancellationToken));
        Assert.Contains(cases.Name, errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FewRuns_PrintsTheTableAndTheBars()
    {
        var (output, errors, report) = (new StringWriter(), new StringWriter(), new SimulationReport());
        var code = await SimulateExperimentsVerb.RunAsync(100, 1, "baseline 0.1 lift 0.2", SimulationAnchors.None, report, output, errors, TestContext.Current.CancellationToken);

        Assert.Equal(0, code);
        Assert.Contains("planned_seq_fut        daily", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("false positives, daily looks", output.ToString(), StringComparison.Ordinal);
        var page = report.ToHtml("a < b");
        Assert.Equal(4, page.Split("<svg").Length - 1);
        Assert.Contains("baseline 0.1 lift 0.2, naive_z, frequent", page, StringComparison.Ordinal);
        Assert.Contains("a &lt; b", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.Equal(1, await SimulateExperimentsVerb.RunAsync(100, 1, "no such", SimulationAnchors.None, report, output, errors, TestContext.Current.CancellationToken));
        Assert.Contains("No scenario has 'no such'", errors.ToString(), StringComparison.Ordinal);
    }

    private FileInfo Output => new(Path.Combine(_folder.FullName, "out.json"));

    private async Task<(int Code, JsonElement Answers, string Errors)> AnswerAsync(string text, string kindKey)
    {
        var errors = new StringWriter();
        var kinds = kindKey == "method" ? ExperimentCases.Kinds : MetricCases.Kinds;
        var code = await CaseFile.AnswerAsync(await WriteAsync(text), Output, kindKey, kinds, errors, TestContext.Current.CancellationToken);
        return (code, JsonDocument.Parse(await File.ReadAllTextAsync(Output.FullName)).RootElement, errors.ToString());
    }

    private async Task<FileInfo> WriteAsync(string text)
    {
        var path = Path.Combine(_folder.FullName, "cases.json");
        await File.WriteAllTextAsync(path, text);
        return new(path);
    }

    private static void Compare(string path, JsonElement expected, JsonElement actual, double relative, double absolute)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in expected.EnumerateObject())
                {
                    Assert.True(actual.TryGetProperty(property.Name, out var child), $"{path}.{property.Name} is missing");
                    Compare($"{path}.{property.Name}", property.Value, child, relative, absolute);
                }

                break;
            case JsonValueKind.Array:
                Assert.Equal(expected.GetArrayLength(), actual.GetArrayLength());
                for (var i = 0; i < expected.GetArrayLength(); i++)
                {
                    Compare($"{path}[{i}]", expected[i], actual[i], relative, absolute);
                }

                break;
            case JsonValueKind.Number:
                var (want, got) = (expected.GetDouble(), actual.GetDouble());
                Assert.True(Math.Abs(got - want) <= absolute + (relative * Math.Abs(want)), $"{path}: {got}, expected {want}");
                break;
            default:
                Assert.True(expected.ToString() == actual.ToString() && expected.ValueKind == actual.ValueKind, $"{path}: {actual}, expected {expected}");
                break;
        }
    }
}
