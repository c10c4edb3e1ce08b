using System.Globalization;
using System.Text.Json;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Timing.Rules;

/// <summary>Reads a rule's document; every mistake is named with its path. What it doesn't know it refuses.</summary>
public static class RuleParser
{
    public const int MaxDepth = 8;
    public const int MaxParts = 20;
    public const int MaxDays = 120;
    public const int MaxText = 255;

    private static readonly Dictionary<string, Touchpoint> Places = Enum.GetValues<Touchpoint>().ToDictionary(place => JsonNamingPolicy.SnakeCaseLower.ConvertName(place.ToString()));

    private static readonly Dictionary<string, Func<JsonElement, RuleAction?>> Actions = new()
    {
        ["recommend_product"] = json => Text(json) is { } sku ? new RecommendProduct(new(sku)) : null,
        ["recommend_plan"] = json => Text(json) is { } plan ? new RecommendPlan(plan) : null,
        ["annual_upgrade"] = json => json.ValueKind == JsonValueKind.True ? new UpgradeToAnnual() : null,
        ["reach_cart_total"] = json => json.ValueKind == JsonValueKind.Number && json.TryGetDecimal(out var total) && total is > 0 and <= 1_000_000_000 ? new ReachCartTotal(total) : null,
    };

    public static (Rule? Rule, IReadOnlyList<SchemaError> Errors) Parse(JsonElement json)
    {
        try
        {
            return ParseText(json);
        }
        catch (InvalidOperationException)
        {
            // JSON is checked for its form when it is read, its text (UTF-8, halves of surrogate pairs) only when it is looked at.
            return (null, [new("$", "must be text in UTF-8")]);
        }
    }

    private static (Rule? Rule, IReadOnlyList<SchemaError> Errors) ParseText(JsonElement json)
    {
        var errors = new List<SchemaError>();
        if (json.ValueKind != JsonValueKind.Object)
        {
            return (null, [new("$", "must be an object with id, when and then")]);
        }

        foreach (var unknown in json.EnumerateObject().Where(property => property.Name is not ("id" or "name" or "enabled" or "touchpoints" or "when" or "then")))
        {
            errors.Add(new($"$.{unknown.Name}", "is not known; there are id, name, enabled, touchpoints, when, then"));
        }

        var id = Property(json, "id") is { } given ? Text(given) : null;
        Check(id is { Length: <= 64 } && id.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'), "$.id", "must be 1 to 64 of a-z, 0-9 and hyphens");
        var name = Property(json, "name");
        Check(name is null || Text(name.Value) is not null, "$.name", $"must be a text of 1 to {MaxText} characters");
        var enabled = Property(json, "enabled");
        Check(enabled is null or { ValueKind: JsonValueKind.True or JsonValueKind.False }, "$.enabled", "must be true or false");
        var touchpoints = Touchpoints(json);
        Check(touchpoints is not null, "$.touchpoints", $"must be a list of {string.Join(", ", Places.Keys)}");
        var when = Property(json, "when") is { } tree ? Condition(tree, "$.when", 1, errors) : Missing<Condition>("$.when");
        var then = Property(json, "then") is { } action ? Action(action, errors) : Missing<RuleAction>("$.then");
        return errors.Count > 0
            ? (null, errors)
            : (new(id!, name?.GetString(), enabled?.GetBoolean() ?? true, touchpoints!, when!, then!, json.GetRawText()), []);

        void Check(bool valid, string path, string reason)
        {
            if (!valid)
            {
                errors.Add(new(path, reason));
            }
        }

        T? Missing<T>(string path)
            where T : class
        {
            errors.Add(new(path, "is missing"));
            return null;
        }
    }

    private static JsonElement? Property(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement json) => json.ValueKind == JsonValueKind.String && json.GetString() is { Length: > 0 and <= MaxText } text ? text : null;

    private static List<Touchpoint>? Touchpoints(JsonElement json)
    {
        if (Property(json, "touchpoints") is not { } list)
        {
            return [];
        }

        var words = list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(Text).ToList() : null;
        return words?.TrueForAll(word => word is not null && Places.ContainsKey(word)) == true ? words.ConvertAll(word => Places[word!]) : null;
    }

    private static RuleAction? Action(JsonElement json, List<SchemaError> errors)
    {
        const string path = "$.then";
        if (json.ValueKind != JsonValueKind.Object || json.EnumerateObject().ToList() is not [var only] || !Actions.TryGetValue(only.Name, out var read))
        {
            errors.Add(new(path, $"must be an object with one of {string.Join(", ", Actions.Keys)}"));
            return null;
        }

        if (read(only.Value) is { } action)
        {
            return action;
        }

        errors.Add(new($"{path}.{only.Name}", only.Name switch { "annual_upgrade" => "must be true", "reach_cart_total" => "must be a number above 0", _ => $"must be a text of 1 to {MaxText} characters" }));
        return null;
    }

    private static Condition? Condition(JsonElement json, string path, int depth, List<SchemaError> errors)
    {
        if (depth > MaxDepth)
        {
            return Refuse($"is nested more than {MaxDepth} deep");
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return Refuse("must be an object with all, any, not or fact");
        }

        if (json.TryGetProperty("fact", out _))
        {
            return FactTestParser.Parse(json, path, errors);
        }

        if (json.EnumerateObject().ToList() is not [{ Name: "all" or "any" or "not" } only])
        {
            return Refuse("must have exactly one of all, any, not or fact");
        }

        path = $"{path}.{only.Name}";
        if (only.Name == "not")
        {
            return Condition(only.Value, path, depth + 1, errors) is { } part ? new Not(part) : null;
        }

        if (only.Value.ValueKind != JsonValueKind.Array || only.Value.GetArrayLength() is < 1 or > MaxParts)
        {
            return Refuse($"must be a list of 1 to {MaxParts} conditions");
        }

        var parts = only.Value.EnumerateArray().Select((part, index) => Condition(part, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), depth + 1, errors)).ToList();
        return parts.Contains(null) ? null : only.Name == "all" ? new AllOf(parts!) : new AnyOf(parts!);

        Condition? Refuse(string reason)
        {
            errors.Add(new(path, reason));
            return null;
        }
    }
}
