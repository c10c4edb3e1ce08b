using System.Globalization;
using Expansion.Connectors.Email;
using Expansion.Engine;
using Expansion.Engine.Contacts;
using Expansion.Engine.Offers;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Honesty;
using Expansion.Engine.Offers.Pricing.Presentation;
using Expansion.Engine.Outbox;
using Expansion.Engine.Timing;
using Expansion.Functions.Timing;
using Microsoft.Extensions.Options;
using PresentedKind = Expansion.Engine.Offers.Pricing.Presentation.OfferKind;

namespace Expansion.Functions.Email;

/// <summary>
/// Mails an offer that was decided on, unless something has come up since: a mail that waited an hour for a server must not reach who has opted out meanwhile.
/// <code>
/// 1. there is an address, its owner agreed, and it isn't suppressed
/// 2. the customer may still be spoken to, and it is a sending hour
/// 3. the offer can be presented honestly
/// 4. it is handed to the mail server
/// </code>
/// </summary>
internal sealed class OfferMails(
    IOptionsMonitor<EmailOptions> options, IOfferLedger ledger, IContactStore contacts, IMailSuppressionStore suppressed, ICustomerStore customers, ShopTimings timings,
    IPricingDocuments documents, IPriceHistoryStore prices, UnsubscribeLinks links, SmtpMailer mailer, TimeProvider time) : IOutboxChannel
{
    public const string Channel = "email";

    /// <summary>An offer that is older than this has lost its occasion.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromDays(3);

    /// <summary>Caps and throttles have counted this very offer; these may have changed since.</summary>
    private static readonly string[] Checked =
        [TimingSuppressions.OptOut, TimingSuppressions.SupportCrisis, TimingSuppressions.PriceIncrease, TimingSuppressions.AtRisk, TimingSuppressions.SendingHours];

    public string Carrier => Channel;

    /// <summary>A reader takes two mails for two.</summary>
    public bool IsRepeatable => false;

    public IReadOnlyList<TimeSpan> Retries => RetryDelay.Usual;

    public async Task<DeliveryResult> DeliverAsync(OutboxItem item, CancellationToken cancellationToken)
    {
        var (shop, now) = (item.Shop, time.GetUtcNow());
        if (options.CurrentValue.SenderOf(shop) is not { } sender)
        {
            return new Refused($"E-mail is off: there is no sender for {shop} under {EmailOptions.Section}:Senders.");
        }

        if (await ledger.FindAsync(shop, item.Id, cancellationToken) is not { Offer: { } offer } decision)
        {
            return new Refused("There is no such offer.");
        }

        if (now - decision.At > Stale)
        {
            return new Refused($"The offer is from {decision.At:yyyy-MM-dd}: its occasion has passed.");
        }

        var contact = await contacts.FindAsync(shop, decision.Customer, cancellationToken);
        if (await WhyNotAsync(shop, contact, cancellationToken) is { } reason)
        {
            return new Refused(reason);
        }

        if (await SuppressionAsync(shop, decision, now, cancellationToken) is { } suppression)
        {
            return suppression is { Name: TimingSuppressions.SendingHours, Until: { } opens } ? new Postponed(suppression.Reason, opens) : new Refused(suppression.Reason);
        }

        var (presentation, refusal) = await PresentAsync(shop, offer, contact!, now, cancellationToken);
        if (presentation is null)
        {
            return new Refused(refusal!);
        }

        var unsubscribe = links.LinkOf(Subscription.Of(shop, decision.Customer, contact!.Email!, decision.Id));
        using var message = OfferMail.Build(sender, contact, decision.Id, offer.Target, presentation, unsubscribe, now);
        var sent = await mailer.SendAsync(sender, message, cancellationToken);
        if (sent.NoSuchAddress)
        {
            await suppressed.AddAsync(shop, MailAddressHash.Of(contact.Email!), new(MailSuppressionReason.Bounced, now), cancellationToken);
        }

        return sent.Result;
    }

    private async Task<string?> WhyNotAsync(ShopId shop, Contact? contact, CancellationToken cancellationToken) =>
        contact?.Email is not { Length: > 0 } email || !MimeKit.MailboxAddress.TryParse(email, out _) ? "There is no address to write to."
        : contact.EmailConsent != true ? "The customer hasn't agreed to offers by e-mail."
        : await suppressed.FindAsync(shop, MailAddressHash.Of(email), cancellationToken) is { } known ? $"The address is suppressed since {known.At:yyyy-MM-dd}: {ExpansionJson.Word(known.Reason)}."
        : null;

    private async Task<Suppression?> SuppressionAsync(ShopId shop, Decision decision, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var timing = await timings.FindAsync(shop, cancellationToken) ?? throw new InvalidOperationException($"{shop} is gone.");
        var customer = (await customers.FindAsync(shop, [decision.Customer], cancellationToken))[0].Record.State;
        var context = timing.Context(customer, now) with { Touchpoint = decision.Touchpoint };
        return TimingSuppressions.All.Where(suppression => Checked.Contains(suppression.Name)).Select(suppression => suppression.Check(context)).FirstOrDefault(suppression => suppression is not null)
            ?? (customer.Has(decision.Offer!.Target) ? new Suppression("has_it", "The customer has it by now.", null) : null);
    }

    private async Task<(OfferPresentation? Presentation, string? Refusal)> PresentAsync(ShopId shop, ChosenOffer offer, Contact contact, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (offer.Price is not { } price)
        {
            return (null, "The offer has no price to show.");
        }

        var settings = (await documents.FindAsync<PricingSettings>(shop, PricingSettings.Document, cancellationToken))?.Value ?? new();
        var templates = (await documents.FindAsync<TemplateSet>(shop, TemplateSet.Document, cancellationToken))?.Value.Templates ?? [];
        var kind = offer.Kind == Engine.Offers.OfferKind.CrossSell ? PresentedKind.Product : PresentedKind.Upgrade;
        var draft = new OfferDraft(kind, new(offer.Target), offer.Title ?? offer.Target, price) { Gain = offer.Gains.FirstOrDefault() };
        var known = new HonestyFacts { Prices = await prices.FindAsync(shop, draft.Skus(), cancellationToken) };
        var presented = new OfferPresenter(new(templates), settings).Present(draft, CultureOf(contact.Locale), default, known, [], now);
        return (presented.Presentation, presented.Presentation is null ? $"The offer may not be shown: {string.Join(' ', presented.Refusals.Select(refusal => refusal.Reason))}" : null);
    }

    private static CultureInfo CultureOf(string? locale)
    {
        try
        {
            return CultureInfo.GetCultureInfo(string.IsNullOrEmpty(locale) ? "en" : locale, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.GetCultureInfo("en");
        }
    }
}
