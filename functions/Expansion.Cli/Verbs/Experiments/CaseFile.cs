using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Expansion.Engine;
using MathNet.Numerics;

namespace Expansion.Cli.Verbs.Experiments;

/// <summary>A file of cases, each of a kind, and the file of their answers: an object from case id to the answer.</summary>
internal static class CaseFile
{
    /// <summary>Numbers that don't exist are written as null, and what a case needs is asked for.</summary>
    private static readonly JsonSerializerOptions Json = new(ExpansionJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>The verb <c>analyze CASES.json --out FILE.json</c>.</summary>
    /// <param name="kindKey">What a case names its kind by: method or metric.</param>
    public static Command Command(string kindKey, IReadOnlyDictionary<string, Func<JsonElement, object>> kinds)
    {
        var cases = new Argument<FileInfo>("cases") { Description = $"JSON with \"cases\", each with id, {kindKey} and input." };
        var output = new Option<FileInfo>("--out") { Description = "The JSON file to write: an object from case id to answer.", Required = true };
        var command = new Command("analyze", "Answers a file of cases.") { cases, output };
        command.SetAction((parsed, cancellationToken) => AnswerAsync(
            parsed.GetRequiredValue(cases), parsed.GetRequiredValue(output), kindKey, kinds, parsed.InvocationConfiguration.Error, cancellationToken));
        return command;
    }

    /// <summary>How cases of one kind are answered.</summary>
    public static Func<JsonElement, object> Kind<TInput>(Func<TInput, object> answer) => input => answer(input.Deserialize<TInput>(Json)!);

    /// <summary>Answers what can be answered; what can't is told and makes the exit code 1.</summary>
    public static async Task<int> AnswerAsync(
        FileInfo cases, FileInfo output, string kindKey, IReadOnlyDictionary<string, Func<JsonElement, object>> kinds, TextWriter errors, CancellationToken cancellationToken)
    {
        var (answers, failed) = (new JsonObject(), 0);
        JsonDocument document;
        try
        {
            await using var input = cases.OpenRead();
            document = await JsonDocument.ParseAsync(input, cancellationToken: cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            await errors.WriteLineAsync($"{cases}: {error.Message}");
            return 1;
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("cases", out var list) || list.ValueKind != JsonValueKind.Array)
            {
                await errors.WriteLineAsync($"{cases}: an object with a list of \"cases\" is needed.");
                return 1;
            }

            foreach (var (index, element) in list.EnumerateArray().Index())
            {
                var id = Text(element, "id");
                try
                {
                    answers[id ?? throw new JsonException("it has no \"id\".")] = Answer(element, kindKey, kinds);
                }
                catch (Exception error) when (error is JsonException or ArgumentException or KeyNotFoundException or ArithmeticException or InvalidOperationException or NonConvergenceException)
                {
                    failed++;
                    await errors.WriteLineAsync($"Case {id ?? $"number {index + 1}"} wasn't answered: {error.Message}");
                }
            }
        }

        await using var stream = output.Create();
        await using var writer = new Utf8JsonWriter(stream, new() { Indented = true });
        answers.WriteTo(writer);
        return failed == 0 ? 0 : 1;
    }

    private static JsonNode? Answer(JsonElement element, string kindKey, IReadOnlyDictionary<string, Func<JsonElement, object>> kinds)
    {
        var kind = Text(element, kindKey);
        if (kind is null || !kinds.TryGetValue(kind, out var answer))
        {
            throw new JsonException($"its {kindKey} '{kind}' isn't known. Known are {string.Join(", ", kinds.Keys.Order(StringComparer.Ordinal))}.");
        }

        var found = answer(element.GetProperty("input"));
        try
        {
            return JsonSerializer.SerializeToNode(found, Json);
        }
        catch (ArgumentException)
        {
            // JSON has no infinity, and neither has an answer that means anything.
            throw new ArithmeticException("its numbers are beyond what can be computed with.");
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
