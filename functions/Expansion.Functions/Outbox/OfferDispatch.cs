using Expansion.Connectors.Email;
using Expansion.Connectors.Webhooks;
using Expansion.Engine;
using Expansion.Engine.Crm;
using Expansion.Engine.Offers;
using Expansion.Engine.Outbox;
using Expansion.Engine.Recommendations;
using Expansion.Functions.Crm;
using Expansion.Functions.Email;
using Expansion.Functions.Webhooks;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Outbox;

/// <summary>Sends offers that go out by themselves on their way: to the customer by e-mail, to a salesperson as an opportunity, and word of them to who listens.</summary>
public sealed class OfferDispatch(IOptionsMonitor<EmailOptions> email, OutboxSender outbox, OpportunityOutbox opportunities, EventAnnouncer announcer)
{
    /// <summary>Can be repeated: each decision goes out once.</summary>
    public async Task SendAsync(ShopId shop, IEnumerable<Decision> decisions, CancellationToken cancellationToken)
    {
        foreach (var decision in decisions)
        {
            if (decision.Offer is not { } offer || !decision.Touchpoint.IsPushed())
            {
                continue;
            }

            if (decision.Touchpoint == Touchpoint.CustomerSuccess)
            {
                await opportunities.HandInAsync(shop, Opportunity(decision, offer), cancellationToken);
            }

            if (decision.Touchpoint == Touchpoint.PostPurchaseEmail && email.CurrentValue.SenderOf(shop) is not null)
            {
                await outbox.HandInAsync(new OutboxItem(shop, OfferMails.Channel, decision.Id, "", decision.At), cancellationToken);
            }

            await announcer.AnnounceAsync(
                shop, EventTypes.OfferMade, decision.Id, decision.At, new { decision.Id, shop, decision.Customer, decision.Touchpoint, offer.Kind, offer.Target, offer.Price }, cancellationToken);
        }
    }

    private static Opportunity Opportunity(Decision decision, ChosenOffer offer) => new(
        decision.Id, decision.Customer, offer.Target, $"{offer.Because} {decision.Reason}".Trim(),
        offer.Kind switch
        {
            OfferKind.Upsell when offer.Gains.Count > 0 => $"Show what {offer.Title ?? offer.Target} adds: {string.Join(", ", offer.Gains)}.",
            OfferKind.Annual => $"Ask whether paying {offer.Title ?? offer.Target} by the year suits.",
            _ => $"Suggest {offer.Title ?? offer.Target}, and say why it fits.",
        })
    {
        ProductTitle = offer.Title,
        ExpectedRevenue = offer.Price,
        Offer = decision.Id,
    };
}
