using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Expansion.Storage.Queues;

/// <summary>Carries a trace over a queue: a message's first property is its sender's traceparent (W3C Trace Context), which no message record knows.</summary>
public static class MessageTrace
{
    private const string Property = "traceparent";

    /// <summary>Where all spans of the app come from.</summary>
    public static ActivitySource Source { get; } = new("Expansion");

    /// <summary>What the property takes of a message, rounded up.</summary>
    internal const int Bytes = 80;

    /// <summary>The message with the current trace, if there is one and the message is an object.</summary>
    internal static byte[] Stamp(byte[] json) => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } && json is [(byte)'{', (byte)'"', ..]
        ? [.. Encoding.ASCII.GetBytes($$"""{"{{Property}}":"{{id}}","""), .. json.AsSpan(1)]
        : json;

    /// <summary>The span that sent this message; default when it doesn't say.</summary>
    public static ActivityContext ParentOf(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject
                && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(Property)
                && reader.Read() && reader.TokenType == JsonTokenType.String
                && ActivityContext.TryParse(reader.GetString(), null, isRemote: true, out var parent)
                ? parent
                : default;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or text that isn't UTF-8: the function will say what is wrong with it.
            return default;
        }
    }
}
