using System.Globalization;
using Expansion.Engine;
using Microsoft.AspNetCore.Http;

namespace Expansion.Functions;

/// <summary>Reads a query string and collects all that is wrong with it. A misspelt name is wrong too: it must not be taken for a wish to have the default.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    // Where the Functions host takes a key from.
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase) { "code", "clientId" };
    private readonly List<string> _problems = [];

    /// <summary>Null when all is well. Asked last, when every name is known.</summary>
    public IResult? Problem()
    {
        var unknown = query.Keys.Where(name => !_known.Contains(name)).Order(StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            _problems.Add($"There is no {string.Join(", ", unknown)}: use {string.Join(", ", _known.Skip(2))}.");
        }

        return _problems.Count == 0 ? null : Problems.BadRequest(string.Join(' ', _problems));
    }

    public string? Text(string name)
    {
        _known.Add(name);
        return query[name].ToString().Trim() is { Length: > 0 } text ? text : null;
    }

    public ShopId Shop()
    {
        if (!ShopId.TryFrom(Text("shop"), out var shop))
        {
            _problems.Add("Say which shop: ?shop=coffee.myshopify.com");
        }

        return shop;
    }

    public Sku? Sku(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        Check(text.Length <= Engine.Sku.MaxLength, $"{name} has {text.Length} characters; a SKU has at most {Engine.Sku.MaxLength}.");
        return new Sku(text);
    }

    public Sku RequiredSku(string name)
    {
        var sku = Sku(name);
        Check(sku is not null, $"Say which product {name} is: &{name}=SKU");
        return sku ?? default;
    }

    public double? Number(string name, double least, double most) => Value(
        name, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"),
        text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : (double?)null);

    public int? Whole(string name, int least, int most) => Value(
        name, $"a whole number from {least} to {most}",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : (int?)null);

    public DateOnly? Day(string name) => Value(
        name, "a day such as 2026-03-31",
        text => DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateOnly?)null);

    public bool? Flag(string name) => Value(name, "true or false", text => bool.TryParse(text, out var flag) ? flag : (bool?)null);

    public TEnum? Word<TEnum>(string name)
        where TEnum : struct, Enum => ExpansionJson.FromWord<TEnum>(OneOf(name, ExpansionJson.Words<TEnum>()));

    public string? OneOf(string name, IReadOnlyCollection<string> words)
    {
        var text = Text(name);
        Check(text is null || words.Contains(text), $"{name} is '{text}'; it must be one of {string.Join(", ", words)}.");
        return text is not null && words.Contains(text) ? text : null;
    }

    private T? Value<T>(string name, string what, Func<string, T?> parse)
        where T : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var value = parse(text);
        Check(value is not null, $"{name} is '{text}'; it must be {what}.");
        return value;
    }

    internal void Check(bool valid, string problem)
    {
        if (!valid)
        {
            _problems.Add(problem);
        }
    }
}
