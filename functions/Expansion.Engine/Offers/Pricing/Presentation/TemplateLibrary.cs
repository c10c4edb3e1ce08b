using System.Globalization;

namespace Expansion.Engine.Offers.Pricing.Presentation;

/// <summary>The app's own templates, in English, German, Arabic and Spanish, with a shop's in place of those it has rewritten or in languages of its own.</summary>
public sealed class TemplateLibrary
{
    private static readonly Dictionary<(string, OfferKind, CopyStyle), PresentationTemplate> BuiltInByKey = Language.All.Values
        .SelectMany(language => language.Templates.SelectMany(kind => Enum.GetValues<CopyStyle>().Select(style => new PresentationTemplate(
            language.Code, kind.Key, style, kind.Value.Of(style).Headline, kind.Value.Of(style).Body, kind.Value.Terms, kind.Value.CallToAction))))
        .ToDictionary(Key);

    private readonly Dictionary<(string, OfferKind, CopyStyle), PresentationTemplate> _templates;

    public TemplateLibrary(IEnumerable<PresentationTemplate> ofShop)
    {
        _templates = new(BuiltInByKey);
        foreach (var template in ofShop)
        {
            _templates[Key(template)] = template;
        }
    }

    /// <summary>All of them, by language, kind and style.</summary>
    public IReadOnlyList<PresentationTemplate> All => [.. _templates.Values.OrderBy(template => template.Language, StringComparer.Ordinal).ThenBy(template => template.Kind).ThenBy(template => template.Style)];

    /// <summary>The template in the culture's language; where there is none, the English one.</summary>
    internal PresentationTemplate Find(CultureInfo culture, OfferKind kind, CopyStyle style) =>
        _templates.GetValueOrDefault((culture.TwoLetterISOLanguageName, kind, style)) ?? _templates[(Language.Fallback, kind, style)];

    private static (string, OfferKind, CopyStyle) Key(PresentationTemplate template) => (template.Language, template.Kind, template.Style);
}
