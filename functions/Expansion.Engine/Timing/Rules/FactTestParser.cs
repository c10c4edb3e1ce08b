using System.Text.Json;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Timing.Rules;

/// <summary>Reads one test: the fact, what it is told, and what it is compared with.</summary>
internal static class FactTestParser
{
    public static IReadOnlyDictionary<FactKind, string[]> Operators { get; } = new Dictionary<FactKind, string[]>
    {
        [FactKind.Flag] = ["is"],
        [FactKind.Text] = ["is", "is_not"],
        [FactKind.Number] = ["above", "at_least", "below", "at_most", "between"],
    };

    public static FactTest? Parse(JsonElement json, string path, List<SchemaError> errors)
    {
        var before = errors.Count;
        if (json.GetProperty("fact") is not { ValueKind: JsonValueKind.String } name || !FactVocabulary.All.TryGetValue(name.GetString()!, out var fact))
        {
            errors.Add(new($"{path}.fact", $"must be one of {string.Join(", ", FactVocabulary.All.Keys)}"));
            return null;
        }

        var (texts, days) = (new Dictionary<string, string>(), (int?)null);
        Comparison? comparison = fact.Kind == FactKind.Flag ? new IsTrue(true) : null;
        foreach (var property in json.EnumerateObject().Where(property => property.Name != "fact"))
        {
            var own = $"{path}.{property.Name}";
            if (fact.Parameters.Any(parameter => parameter.TrimEnd('?') == property.Name))
            {
                Take(property, own);
            }
            else if (Operators[fact.Kind].Contains(property.Name))
            {
                Compare(property, own);
            }
            else
            {
                errors.Add(new(own, $"is not known here; {fact.Name} takes {string.Join(", ", fact.Parameters.Concat(Operators[fact.Kind]))}"));
            }
        }

        foreach (var missing in fact.Parameters.Where(parameter => !parameter.EndsWith('?') && !json.TryGetProperty(parameter, out _)))
        {
            errors.Add(new($"{path}.{missing}", "is missing"));
        }

        if (comparison is null && errors.Count == before)
        {
            errors.Add(new(path, $"must say one of {string.Join(", ", Operators[fact.Kind])}"));
        }

        return errors.Count > before ? null : new(fact, new(texts, days), comparison!);

        void Take(JsonProperty property, string own)
        {
            if (property.Name == "days" && property.Value.ValueKind == JsonValueKind.Number && property.Value.TryGetInt32(out var count) && count is >= 1 and <= RuleParser.MaxDays)
            {
                days = count;
            }
            else if (property.Name != "days" && property.Value.ValueKind == JsonValueKind.String && property.Value.GetString() is { Length: > 0 and <= RuleParser.MaxText } text)
            {
                texts[property.Name] = text;
            }
            else
            {
                errors.Add(new(own, property.Name == "days" ? $"must be a whole number from 1 to {RuleParser.MaxDays}" : $"must be a text of 1 to {RuleParser.MaxText} characters"));
            }
        }

        void Compare(JsonProperty property, string own)
        {
            if (comparison is not null and not IsTrue { Expected: true })
            {
                errors.Add(new(own, "is a second comparison; nest two tests in all"));
            }
            else if (Comparison(fact.Kind, property) is { } read)
            {
                comparison = read;
            }
            else
            {
                errors.Add(new(own, fact.Kind switch
                {
                    FactKind.Flag => "must be true or false",
                    FactKind.Text => "must be a text or a list of texts",
                    _ => property.Name == "between" ? "must be a list of two numbers, the lower one first" : "must be a number",
                }));
            }
        }
    }

    private static Comparison? Comparison(FactKind kind, JsonProperty property) => kind switch
    {
        FactKind.Flag => property.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? new IsTrue(property.Value.GetBoolean()) : null,
        FactKind.Text => Words(property.Value) is { Count: > 0 } words ? new IsOneOf(words, property.Name == "is") : null,
        _ => Range(property),
    };

    private static List<string>? Words(JsonElement json)
    {
        var words = json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray()] : new List<JsonElement> { json };
        return words.TrueForAll(word => word.ValueKind == JsonValueKind.String && word.GetString() is { Length: > 0 and <= RuleParser.MaxText }) ? words.ConvertAll(word => word.GetString()!) : null;
    }

    private static InRange? Range(JsonProperty property)
    {
        if (property.Name == "between")
        {
            return property.Value.ValueKind == JsonValueKind.Array && property.Value.EnumerateArray().Select(Number).ToList() is [{ } low, { } high] && low <= high ? new(low, high, WithEnds: true) : null;
        }

        return Number(property.Value) is not { } number ? null : property.Name switch
        {
            "above" => new(number, null, WithEnds: false),
            "at_least" => new(number, null, WithEnds: true),
            "below" => new(null, number, WithEnds: false),
            _ => new(null, number, WithEnds: true),
        };
    }

    private static double? Number(JsonElement json) => json.ValueKind == JsonValueKind.Number && json.GetDouble() is var number && double.IsFinite(number) ? number : null;
}
