using System.Text.Encodings.Web;
using System.Text.Unicode;
using Expansion.Engine.Offers.Pricing.Anchors;
using Expansion.Engine.Offers.Pricing.Honesty;
using Expansion.Engine.Offers.Pricing.Incentives;

namespace Expansion.Engine.Offers.Pricing.Presentation;

/// <summary>One offer in the words and signs of one reader, as plain text.</summary>
/// <param name="Locale">The culture it is written for, e.g. de-AT.</param>
/// <param name="ReferencePrice">Null without one; so is <see cref="Saving"/>.</param>
public sealed record OfferPresentation(
    OfferKind Kind, CopyStyle Style, string Locale, bool RightToLeft, string Headline, string Body, string Price, string? ReferencePrice, string? Saving, string Terms, string CallToAction)
{
    /// <summary>All letters as they are, and escaped what means something in HTML.</summary>
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>For the body of a text e-mail.</summary>
    public string ToText() => string.Join('\n', new[] { Headline, "", Body, "", Terms, CallToAction });

    /// <summary>A fragment of a page; every text in it is escaped, whoever wrote it.</summary>
    public string ToHtml()
    {
        var (reference, saving) = (ReferencePrice is null ? "" : $"<s>{Encode(ReferencePrice)}</s> ", Saving is null ? "" : $" <em>{Encode(Saving)}</em>");
        return $"""
            <section class="expansion-offer" lang="{Encode(Locale)}" dir="{(RightToLeft ? "rtl" : "ltr")}">
              <h3>{Encode(Headline)}</h3>
              <p>{Encode(Body)}</p>
              <p class="expansion-price">{reference}<strong>{Encode(Price)}</strong>{saving}</p>
              <p class="expansion-terms">{Encode(Terms)}</p>
              <button type="button">{Encode(CallToAction)}</button>
            </section>
            """;
    }

    private static string Encode(string text) => Html.Encode(text);
}

/// <summary>What became of a draft.</summary>
/// <param name="Presentation">Null when it may not be shown: the refusals say why.</param>
/// <param name="Anchors">Every anchor that was tried, the one used first.</param>
/// <param name="Notes">What was wanted and not done, e.g. a style for which a fact is missing.</param>
public sealed record PresentationDecision(
    OfferPresentation? Presentation, OfferEconomics Economics, IReadOnlyList<Refusal> Refusals, IReadOnlyList<AnchorDecision> Anchors, IReadOnlyList<string> Notes);
