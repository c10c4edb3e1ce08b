using Expansion.Connectors.Email;
using Expansion.Engine;
using Expansion.Engine.Contacts;
using Expansion.Engine.Offers;
using Expansion.Engine.Timing.Signals;
using Expansion.Functions.Timing;

namespace Expansion.Functions.Email;

/// <summary>Takes people off. The address is suppressed at once, so that nothing that is on its way still goes out; the customer's record follows through the queue.</summary>
public sealed class MailingList(IMailSuppressionStore suppressed, SignalInbox inbox, IOfferLedger ledger, TimeProvider time)
{
    /// <summary>Can be repeated.</summary>
    public async Task UnsubscribeAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await suppressed.AddAsync(subscription.Shop, new(subscription.Address), new(MailSuppressionReason.Unsubscribed, now), cancellationToken);
        var signal = new OfferOptedOut(Channel.Email, subscription.Offer) { Id = $"unsubscribe:{subscription.Address}", Customer = subscription.Customer, At = now };
        await inbox.SendAsync(subscription.Shop, [signal], cancellationToken);
    }

    /// <param name="offer">The one the mail carried, if it is known.</param>
    public async Task TakeAsync(ShopId shop, Bounce bounce, string? offer, CancellationToken cancellationToken)
    {
        if (bounce.Kind == BounceKind.Soft)
        {
            return;
        }

        var (now, complaint) = (time.GetUtcNow(), bounce.Kind == BounceKind.Complaint);
        await suppressed.AddAsync(shop, MailAddressHash.Of(bounce.Email), new(complaint ? MailSuppressionReason.Complained : MailSuppressionReason.Bounced, now), cancellationToken);
        if (complaint && offer is not null && await ledger.FindAsync(shop, offer, cancellationToken) is { } decision)
        {
            await inbox.SendAsync(shop, [new OfferComplained("Called spam.") { Id = $"complaint:{offer}", Customer = decision.Customer, At = now, Offer = offer }], cancellationToken);
        }
    }
}
