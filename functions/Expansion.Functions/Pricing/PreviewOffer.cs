using System.Globalization;
using Expansion.Engine;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Anchors;
using Expansion.Engine.Offers.Pricing.Honesty;
using Expansion.Engine.Offers.Pricing.Presentation;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

/// <summary>Shows an offer as a customer would see it, as text and HTML, or says why it may not be shown. Nothing is stored.</summary>
public sealed class PreviewOffer(IShopStore shops, IPricingDocuments documents, IPriceHistoryStore prices, IShopTimingStore timings, TimeProvider time)
{
    [Answers<PreviewAnswer>]
    [Takes<OfferPreview>]
    [Function(nameof(PreviewOffer))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "shops/{shop}/offers/preview")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        var (id, preview, problem) = await request.ReadJsonAsync<OfferPreview>(shop, shops, cancellationToken);
        if (preview is null)
        {
            return problem!;
        }

        if (!preview.TryGetCulture(out var culture))
        {
            return Problems.BadRequest($"locale is '{preview.Locale}'; it must be a language, with a region if you like, e.g. de or de-AT.");
        }

        var settings = (await documents.FindAsync<PricingSettings>(id, PricingSettings.Document, cancellationToken))?.Value ?? new();
        var templates = (await documents.FindAsync<TemplateSet>(id, TemplateSet.Document, cancellationToken))?.Value.Templates ?? [];
        var alternatives = (await documents.FindAsync<AlternativeList>(id, AlternativeList.Document, cancellationToken))?.Value.Alternatives ?? [];
        if (preview.Alternative is { } name && alternatives.All(alternative => alternative.Name != name))
        {
            return Problems.BadRequest($"There is no alternative '{name}'; say where it was seen with PUT /api/shops/{id}/alternatives.");
        }

        var draft = preview.Draft(alternatives);
        var known = preview.Known with { Prices = await prices.FindAsync(id, draft.Skus(), cancellationToken) };
        var decision = new OfferPresenter(new(templates), settings).Present(draft, culture, preview.Style, known, preview.Records.Count > 0 ? preview.Records : (await timings.FactsAsync(id, cancellationToken)).Anchors, time.GetUtcNow());
        return Results.Ok(new PreviewAnswer(decision, decision.Economics.Margin, decision.Presentation?.ToText(), decision.Presentation?.ToHtml()));
    }
}

/// <param name="Offer">What is offered, with all that is known of it.</param>
internal sealed record OfferPreview(OfferDraft Offer)
{
    public string Locale { get; init; } = "en";

    public CopyStyle Style { get; init; }

    /// <summary>One of the shop's alternatives, by name, to put the price beside.</summary>
    public string? Alternative { get; init; }

    /// <summary>Stock and end, to hold the claim against; prices come from the shop's history.</summary>
    public HonestyFacts Known { get; init; } = new();

    /// <summary>How each anchor has converted; by default as the shop's own offers have shown.</summary>
    public IReadOnlyList<AnchorRecord> Records { get; init; } = [];

    public bool TryGetCulture(out CultureInfo culture)
    {
        try
        {
            culture = CultureInfo.GetCultureInfo(Locale, predefinedOnly: true);
            return culture.Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            culture = CultureInfo.InvariantCulture;
            return false;
        }
    }

    public OfferDraft Draft(IReadOnlyList<Alternative> alternatives) => Alternative is not { } name ? Offer
        : Offer with { Anchor = (Offer.Anchor ?? new(Offer.Product, Offer.Price)) with { Alternative = alternatives.First(alternative => alternative.Name == name) } };
}

internal sealed record PreviewAnswer(PresentationDecision Decision, Money? Margin, string? Text, string? Html);
