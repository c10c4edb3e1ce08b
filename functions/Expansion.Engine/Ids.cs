using System.Text.Json;
using System.Text.Json.Serialization;

namespace Expansion.Engine;

/// <summary>An id is a type of its own, so that a customer is never passed for an order; on the wire it is a plain string.</summary>
public interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    string Value { get; }

    static abstract TSelf From(string value);
}

/// <summary>The tenant: the shop's domain or a name, lower case, 1 to 100 of a-z, 0-9, dot and hyphen, beginning and ending with a letter or digit.</summary>
[JsonConverter(typeof(IdConverter<ShopId>))]
public readonly record struct ShopId : IId<ShopId>
{
    private ShopId(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="FormatException">The text is no shop id.</exception>
    public static ShopId From(string value) => TryFrom(value, out var id)
        ? id
        : throw new FormatException($"'{value}' is no shop: use 1 to 100 of the letters a-z, digits, dots and hyphens, e.g. 'coffee.myshopify.com'.");

    public static bool TryFrom(string? value, out ShopId id)
    {
        var text = value?.Trim().ToLowerInvariant() ?? "";
        var valid = text.Length is > 0 and <= 100
            && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-')
            && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
            && !text.Contains("..", StringComparison.Ordinal);
        id = valid ? new ShopId(text) : default;
        return valid;
    }

    public override string ToString() => Value;
}

/// <summary>What is sold, as the merchant keys it: any text of 1 to <see cref="MaxLength"/> characters, compared ordinally.</summary>
[JsonConverter(typeof(IdConverter<Sku>))]
public readonly record struct Sku(string Value) : IId<Sku>, IComparable<Sku>
{
    public const int MaxLength = 255;

    public static Sku From(string value) => new(value);

    public int CompareTo(Sku other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdConverter<OrderId>))]
public readonly record struct OrderId(string Value) : IId<OrderId>
{
    public const int MaxLength = 255;

    public static OrderId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdConverter<CustomerId>))]
public readonly record struct CustomerId(string Value) : IId<CustomerId>
{
    public const int MaxLength = 255;

    public static CustomerId From(string value) => new(value);

    public override string ToString() => Value;
}

public sealed class IdConverter<TId> : JsonConverter<TId>
    where TId : struct, IId<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TId.From(reader.GetString() ?? throw new JsonException($"A {typeof(TId).Name} can't be null."));

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    public override TId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TId.From(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WritePropertyName(value.Value);
}
