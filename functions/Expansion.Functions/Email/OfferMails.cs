using Expansion.Connectors.Email;
using Expansion.Engine;
using Expansion.Engine.Contacts;
using Expansion.Engine.Offers;
using Expansion.Engine.Offers.Pricing.Honesty;
using Expansion.Engine.Offers.Pricing.Presentation;
using Expansion.Engine.Outbox;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;
using Expansion.Functions.Offers;
using Expansion.Functions.Timing;
using Microsoft.Extensions.Options;

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
    OfferDecisions decisions, IPriceHistoryStore prices, UnsubscribeLinks links, TimeProvider time) : IOutboxChannel
{
    public const string Channel = "email";

    /// <summary>An offer that is older than this has lost its occasion.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromDays(3);

    private const string RulePrefix = "rule:";

    private static readonly TimeSpan RenewsSoon = TimeSpan.FromDays(45);

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

        var timing = await timings.FindAsync(shop, cancellationToken) ?? throw new InvalidOperationException($"{shop} is gone.");
        var customer = (await customers.FindAsync(shop, [decision.Customer], cancellationToken))[0].Record.State;
        var context = await decisions.ContextAsync(timing, customer, decision.Touchpoint, null, now, cancellationToken);
        if (SuppressionOf(context, offer) is { } suppression)
        {
            return suppression is { Name: TimingSuppressions.SendingHours, Until: { } opens } ? new Postponed(suppression.Reason, opens) : new Refused(suppression.Reason);
        }

        var (presentation, refusal) = await PresentAsync(timing, context, offer, contact!, cancellationToken);
        if (presentation is null)
        {
            return new Refused(refusal!);
        }

        var unsubscribe = links.LinkOf(Subscription.Of(shop, decision.Customer, contact!.Email!, decision.Id));
        using var message = OfferMail.Build(sender, contact, decision.Id, offer.Target, presentation, MomentOf(offer.Occasion, customer, now), unsubscribe, now);
        var sent = await SmtpMailer.SendAsync(sender, message, cancellationToken);
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

    private static Suppression? SuppressionOf(TimingContext context, ChosenOffer offer) =>
        TimingSuppressions.All.Where(suppression => Checked.Contains(suppression.Name)).Select(suppression => suppression.Check(context)).FirstOrDefault(suppression => suppression is not null)
        ?? (context.Customer.Has(offer.Target) ? new("has_it", "The customer has it by now.", null) : null);

    /// <summary>By the trigger, or by what the rule's id begins with; a renewal is only spoken of when there is one.</summary>
    private static MailMoment? MomentOf(string occasion, CustomerState customer, DateTimeOffset now)
    {
        var name = occasion.StartsWith(RulePrefix, StringComparison.Ordinal) ? occasion[RulePrefix.Length..] : occasion;
        var moment = name is TimingTriggers.FeatureMilestone or TimingTriggers.PurchaseAnniversary ? MailMoment.Milestone
            : MailMoment.All.FirstOrDefault(known => name.StartsWith(known.Name, StringComparison.Ordinal));
        return moment == MailMoment.Renewal && !(customer.Subscription is { IsCancelled: false, RenewsAt.Value: { } renews } && renews > now && renews - now <= RenewsSoon) ? null : moment;
    }

    /// <summary>In the words of the reader's language, with what is known now.</summary>
    private async Task<(OfferPresentation? Presentation, string? Refusal)> PresentAsync(ShopTiming shop, TimingContext context, ChosenOffer offer, Contact contact, CancellationToken cancellationToken)
    {
        if (OfferDrafts.Of(context, offer) is not { } draft)
        {
            return (null, "The offer has no price to show.");
        }

        var known = new HonestyFacts { Prices = await prices.FindAsync(shop.Shop, draft.Skus(), cancellationToken) };
        var locale = contact.Locale is { } told && OfferLocale.IsKnown(told) ? told : null;
        var presented = shop.Presenter.Present(draft, OfferLocale.Find(locale), offer.Angle.Style(), known, [], context.Now);
        return (presented.Presentation?.With(context.Arm), presented.Presentation is null ? $"The offer may not be shown: {string.Join(' ', presented.Refusals.Select(refusal => refusal.Reason))}" : null);
    }
}
