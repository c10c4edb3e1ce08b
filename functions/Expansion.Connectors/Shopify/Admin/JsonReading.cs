using System.Text.Json;

namespace Expansion.Connectors.Shopify.Admin;

/// <summary>Reads answers that may lack anything.</summary>
internal static class JsonReading
{
    /// <summary>Null when it isn't there, is null, or this is no object.</summary>
    public static JsonElement? Of(this JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

    public static JsonElement? Of(this JsonElement json, string name) => ((JsonElement?)json).Of(name);

    /// <summary>Null when it is no text.</summary>
    public static string? Text(this JsonElement? json, string name) => json.Of(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static string? Text(this JsonElement json, string name) => ((JsonElement?)json).Text(name);
}
