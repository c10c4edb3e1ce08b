using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Expansion.Engine;

/// <summary>The one JSON convention, for queues, tables and HTTP: snake_case names and enum words, nulls left out, numbers as numbers.</summary>
public static class ExpansionJson
{
    /// <summary>With the resolver that the first use would set otherwise: a schema can be asked for before anything is read or written.</summary>
    public static JsonSerializerOptions Options { get; } = Apply(new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() });

    /// <summary>A value of an enum as the word it has in JSON, e.g. cart_page.</summary>
    public static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static IReadOnlyCollection<string> Words<TEnum>()
        where TEnum : struct, Enum => [.. Enum.GetValues<TEnum>().Select(Word)];

    /// <summary>The value that has the word; null when none has.</summary>
    public static TEnum? FromWord<TEnum>(string? word)
        where TEnum : struct, Enum => Enum.GetValues<TEnum>().Where(value => Word(value) == word).Select(value => (TEnum?)value).FirstOrDefault();

    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = true;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        return options;
    }
}
