using System.Globalization;
using Expansion.Engine.Offers.Pricing.Anchors;
using Expansion.Engine.Offers.Pricing.Honesty;
using Expansion.Engine.Offers.Pricing.Incentives;

namespace Expansion.Engine.Offers.Pricing.Presentation;

/// <summary>
/// Turns a draft into an offer that can be shown, or says why it can't:
/// <code>
/// draft ─► price after the incentive ─► honesty ─► anchor ─► facts in the reader's culture ─► template ─► presentation
/// </code>
/// </summary>
public sealed class OfferPresenter(TemplateLibrary templates, PricingSettings settings)
{
    private static readonly CopyStyle[] Styles = Enum.GetValues<CopyStyle>();

    /// <param name="style">The style wanted; another is taken when its facts are missing.</param>
    /// <param name="records">How each anchor has converted so far.</param>
    public PresentationDecision Present(
        OfferDraft draft, CultureInfo culture, CopyStyle style, HonestyFacts known, IReadOnlyCollection<AnchorRecord> records, DateTimeOffset now)
    {
        if (draft.Incentive.Refuse(draft.Price) is { } reason)
        {
            return new(null, new(draft.Price, draft.Cost, draft.Price * 0), [new("incentive", reason)], [], []);
        }

        var economics = new OfferEconomics(draft.Price, draft.Cost, draft.Incentive.CostAt(draft.Price));
        var claim = Claim(draft);
        var refusals = HonestyCheck.Check(claim, known, settings, now);
        var anchors = draft.Anchor is { } facts ? AnchorChooser.Rank(facts, records, settings, now) : [];
        if (refusals.Count > 0)
        {
            return new(null, economics, refusals, anchors, []);
        }

        var notes = new List<string>();
        foreach (var tried in Styles.OrderByDescending(other => other == style))
        {
            if (Write(draft, claim, anchors.FirstOrDefault(anchor => anchor.IsUsable), templates.Find(culture, draft.Kind, tried), culture, notes) is { } presentation)
            {
                return new(presentation, economics, [], anchors, notes);
            }
        }

        return new(null, economics, [new("template", string.Join("; ", notes))], anchors, notes);
    }

    /// <summary>A discount is a reduction of the price before it, and is held to the same law, unless the offer is compared with something else already.</summary>
    private static OfferClaim Claim(OfferDraft draft)
    {
        var price = draft.Incentive.PriceAfter(draft.Price);
        var before = new ReferencePrice(ReferenceKind.PriorPrice, draft.Price) { Parts = [new(draft.Sku, draft.Price)] };
        return new(price) { Reference = draft.Reference ?? (price.Amount < draft.Price.Rounded().Amount ? before : null), Scarcity = draft.Scarcity };
    }

    /// <returns>Null, with a note, when a fact is missing that the template can't do without.</returns>
    private static OfferPresentation? Write(OfferDraft draft, OfferClaim claim, AnchorDecision? anchor, PresentationTemplate template, CultureInfo culture, List<string> notes)
    {
        // A template of another language than the reader's is written in its own culture, so that words and numbers agree.
        var written = template.Language == culture.TwoLetterISOLanguageName ? culture : CultureInfo.GetCultureInfo(template.Language);
        var language = Language.All.GetValueOrDefault(template.Language) ?? Language.All[Language.Fallback];
        var format = new FactFormat(language, written);
        var facts = Facts(draft, claim, format).ToDictionary(fact => fact.Key, fact => format.Write(fact.Value));
        if (anchor is not null && language.Code == template.Language)
        {
            facts[FactNames.Anchor] = Parse(language.Anchors[anchor.Kind]).Render(anchor.Facts.ToDictionary(fact => fact.Key, fact => format.Write(fact.Value)));
        }

        var texts = new[] { template.Headline, template.Body, template.Terms, template.CallToAction }.Select(Parse).ToList();
        var missing = texts.SelectMany(text => text.Needs).Where(name => !facts.ContainsKey(name)).Distinct().ToList();
        if (missing.Count > 0)
        {
            notes.Add($"The {template.Language} template {template.Kind} {template.Style} needs what isn't known: {string.Join(", ", missing)}.");
            return null;
        }

        return new(
            draft.Kind, template.Style, written.Name, format.IsRightToLeft, texts[0].Render(facts), texts[1].Render(facts), facts[FactNames.Price],
            facts.GetValueOrDefault(FactNames.ReferencePrice), facts.GetValueOrDefault(FactNames.Saving), texts[2].Render(facts), texts[3].Render(facts));
    }

    private static IEnumerable<KeyValuePair<string, Fact>> Facts(OfferDraft draft, OfferClaim claim, FactFormat format)
    {
        var facts = new Dictionary<string, Fact?>
        {
            [FactNames.Product] = Words(draft.Product),
            [FactNames.Gain] = Words(draft.Gain),
            [FactNames.Price] = new Fact.Amount(claim.Price),
            [FactNames.ReferencePrice] = claim.Reference is { } reference ? new Fact.Amount(reference.Amount) : null,
            [FactNames.Saving] = claim.Saving is { } saving ? new Fact.Amount(saving) : null,
            [FactNames.SavingPercent] = claim.SavingPercent is { } percent and > 0 ? new Fact.Percent(percent) : null,
            [FactNames.Items] = draft.Items.Count > 0 ? new Fact.List([.. draft.Items.Select(item => format.Item(item.Title, item.Price))]) : null,
            [FactNames.BuyersPercent] = draft.Buyers?.Percent is { } buyers ? new Fact.Percent(buyers) : null,
            [FactNames.Threshold] = draft.Threshold is { } threshold ? new Fact.Amount(threshold) : null,
            [FactNames.Gap] = draft is { Threshold: { } above, Cart: { } cart } && above.Amount > cart.Amount ? new Fact.Amount(above - cart) : null,
            [FactNames.StockLeft] = claim.Scarcity?.Left is { } left ? new Fact.Number(left) : null,
            [FactNames.EndsOn] = claim.Scarcity?.EndsAt is { } ends ? new Fact.Day(DateOnly.FromDateTime(ends.DateTime)) : null,
            [FactNames.TrialDays] = draft.Incentive is Incentive.Trial trial ? new Fact.Number(trial.Days) : null,
        };
        return facts.Where(fact => fact.Value is not null).Select(fact => KeyValuePair.Create(fact.Key, fact.Value!));
    }

    private static Fact.Words? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : new(text);

    private static Copy Parse(string text) =>
        Copy.Parse(text, out var mistake) ?? throw new InvalidOperationException($"A template that was saved can't be read: {mistake} in '{text}'.");
}
