using System.Collections.Frozen;
using System.Text.Json;
using Expansion.Engine.Offers.Pricing.Anchors;

namespace Expansion.Engine.Offers.Pricing.Presentation;

/// <summary>The words of one language: how lists and lengths of time are told, and the templates the app comes with.</summary>
internal sealed record Language
{
    public const string Fallback = "en";

    /// <summary>By two-letter code.</summary>
    public static FrozenDictionary<string, Language> All { get; } = new[] { Fallback, "de", "ar", "es" }.ToFrozenDictionary(code => code, Load);

    public string Code { get; private init; } = Fallback;

    public required string And { get; init; }

    public required string Comma { get; init; }

    /// <summary>A part of a bundle, {0}, and its price, {1}.</summary>
    public required string Item { get; init; }

    public required PluralForms Day { get; init; }

    public required PluralForms Week { get; init; }

    public required PluralForms Month { get; init; }

    public required IReadOnlyDictionary<AnchorKind, string> Anchors { get; init; }

    public required IReadOnlyDictionary<OfferKind, KindTemplates> Templates { get; init; }

    private static Language Load(string code)
    {
        using var file = typeof(Language).Assembly.GetManifestResourceStream($"Languages/{code}.json") ?? throw new InvalidOperationException($"The language {code} is missing.");
        return JsonSerializer.Deserialize<Language>(file, ExpansionJson.Options)! with { Code = code };
    }
}

/// <summary>The templates of one kind of offer.</summary>
internal sealed record KindTemplates(string Terms, string CallToAction, StyleTemplates Feature, StyleTemplates Benefit, StyleTemplates SocialProof)
{
    public StyleTemplates Of(CopyStyle style) => style switch
    {
        CopyStyle.Feature => Feature,
        CopyStyle.Benefit => Benefit,
        _ => SocialProof,
    };
}

internal sealed record StyleTemplates(string Headline, string Body);

/// <summary>A noun with its number, {0}, in the forms that Unicode's plural rules tell apart for the languages here.</summary>
internal sealed record PluralForms(string One, string Other)
{
    public string? Two { get; init; }

    public string? Few { get; init; }

    public string? Many { get; init; }

    /// <summary>Arabic tells 1, 2, 3 to 10 and 11 to 99 apart, the latter two in every hundred; a language without a form takes the last.</summary>
    public string For(int count) => count switch
    {
        1 => One,
        2 => Two,
        _ when count % 100 is >= 3 and <= 10 => Few,
        _ when count % 100 >= 11 => Many,
        _ => null,
    } ?? Other;
}
