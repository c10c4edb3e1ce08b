using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Expansion.Engine;

namespace Expansion.Connectors.Shopify;

/// <summary>
/// How bodies are read. Shopify writes the same thing in more than one way, from version to version and shop to shop: a number may be text and text a number, and a time that isn't known an empty text.
/// </summary>
internal static class ShopifyJson
{
    private static readonly JsonSerializerOptions Options = new(ExpansionJson.Options)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters = { new TimeConverter(), new TextConverter() },
    };

    /// <exception cref="JsonException">The body is something else.</exception>
    public static T Read<T>(ReadOnlySpan<byte> body) => JsonSerializer.Deserialize<T>(body, Options) ?? throw new JsonException("The body is null.");

    private sealed class TimeConverter : JsonConverter<DateTimeOffset?>
    {
        public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null || (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("")) ? null : reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) => throw new NotSupportedException("Shopify's bodies are only read.");
    }

    private sealed class TextConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(reader.ValueSpan) : reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => throw new NotSupportedException("Shopify's bodies are only read.");
    }
}
