using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Shops;
using Expansion.Functions.Compliance;
using Expansion.Functions.Timing;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Shopify;

/// <summary>Finds out who a shopper is, and hands on what they did as signals. What nobody can be named for is of no use and goes.</summary>
public sealed class ProcessShopper(IInbox inbox, IShopStore shops, ISubscriptionContracts contracts, IOfferLedger ledger, SignalInbox signals, Erasures erasures)
{
    [Function(nameof(ProcessShopper))]
    public async Task Run([QueueTrigger(ShopperReceived.Queue)] ShopperReceived message, CancellationToken cancellationToken)
    {
        if (await inbox.OpenAsync(message, cancellationToken) is not { } told)
        {
            return;
        }

        await shops.EnsureAsync(told.Shop, cancellationToken);
        if (told is { Contract: { } contract, Customer: { } owner } && !(await erasures.OfAsync(told.Shop, cancellationToken)).Has(owner))
        {
            await contracts.SaveAsync(told.Shop, contract, owner, cancellationToken);
            await erasures.WrittenAsync(told.Shop, [owner], cancellationToken);
        }

        var customers = await WhoAsync(told, cancellationToken);
        await signals.SendAsync(told.Shop, customers.SelectMany(customer => told.Signals.Select(signal => signal with { Customer = customer })), cancellationToken);
        await inbox.DoneAsync(message, cancellationToken);
    }

    private async Task<IReadOnlyList<CustomerId>> WhoAsync(ShopperReceived told, CancellationToken cancellationToken)
    {
        if (told.Customer is { } customer)
        {
            return [customer];
        }

        if (told.Contract is { } contract)
        {
            return await contracts.FindAsync(told.Shop, contract, cancellationToken) is { } owner ? [owner] : [];
        }

        var decisions = await Task.WhenAll(told.Offers.Select(offer => ledger.FindAsync(told.Shop, offer, cancellationToken)));
        return [.. decisions.OfType<Decision>().Select(decision => decision.Customer).Distinct()];
    }
}
