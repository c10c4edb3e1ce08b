using Expansion.Connectors.Odoo;
using Expansion.Connectors.Webhooks;
using Expansion.Engine;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing.Signals;
using Expansion.Functions.Timing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Expansion.Functions.Crm;

/// <summary>Every five minutes: what salespeople made of our opportunities becomes conversions and rejections. What is read twice happens once.</summary>
public sealed partial class PollOpportunities(
    IShopStore shops, OdooOutcomes outcomes, OpportunityOutbox opportunities, SignalInbox inbox, ICursorStore cursors, TimeProvider time, ILogger<PollOpportunities> logger)
{
    private const string Cursor = "odoo leads";

    /// <summary>A long transaction shows what it changed this much later than it says.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan FirstLook = TimeSpan.FromDays(90);

    [Function(nameof(PollOpportunities))]
    public async Task Run([TimerTrigger("15 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await foreach (var shop in shops.ListAsync(cancellationToken).Where(shop => opportunities.IsOn(shop.Id)))
        {
            try
            {
                await PollAsync(shop.Id, cancellationToken);
            }
            catch (InvalidOperationException exception)
            {
                // The cursor stands where it was; the next look reads what this one didn't.
                LogFailed(shop.Id, exception.Message);
            }
        }
    }

    private async Task PollAsync(ShopId shop, CancellationToken cancellationToken)
    {
        var known = await cursors.FindAsync(shop, Cursor, cancellationToken);
        var leads = await outcomes.ReadAsync(shop, (known ?? time.GetUtcNow() - FirstLook) - Overlap, cancellationToken);
        foreach (var lead in leads.Where(lead => lead.State != LeadState.Open))
        {
            await TellAsync(shop, lead, cancellationToken);
        }

        if (leads.Count > 0)
        {
            await cursors.SaveAsync(shop, Cursor, leads.Max(lead => lead.ChangedAt), cancellationToken);
        }
    }

    private async Task TellAsync(ShopId shop, LeadOutcome lead, CancellationToken cancellationToken)
    {
        if (await opportunities.FindAsync(shop, lead.Opportunity, cancellationToken) is not { } opportunity)
        {
            return;
        }

        var won = lead.State == LeadState.Won;
        var id = $"odoo:{opportunity.Id}:{(won ? "won" : "lost")}";
        if (opportunity.Offer is { } offer)
        {
            Signal signal = won
                ? new OfferConverted(lead.Revenue) { Id = id, Customer = opportunity.Customer, At = lead.ChangedAt, Offer = offer }
                : new OfferDismissed("Lost in the CRM.") { Id = id, Customer = opportunity.Customer, At = lead.ChangedAt, Offer = offer };
            await inbox.SendAsync(shop, [signal], cancellationToken);
        }

        await opportunities.AnnounceAsync(shop, won ? EventTypes.OpportunityWon : EventTypes.OpportunityLost, opportunity, lead.ChangedAt, cancellationToken);
        LogOutcome(opportunity.Id, shop, lead.State);
    }

    [LoggerMessage(LogLevel.Information, "Opportunity {Id} of {Shop} is {State}")]
    private partial void LogOutcome(string id, ShopId shop, LeadState state);

    [LoggerMessage(LogLevel.Warning, "The CRM of {Shop} can't be read: {Reason}")]
    private partial void LogFailed(ShopId shop, string reason);
}
