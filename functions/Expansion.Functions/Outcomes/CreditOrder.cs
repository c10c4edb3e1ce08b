using Expansion.Engine.Offers.Bundles;
using Expansion.Engine.Orders;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Outcomes;

/// <summary>Credits an order, as it stands now, to what its customer was shown. A repeat changes nothing.</summary>
public sealed class CreditOrder(IShopStore shops, IOrderStore orders, IJournalStore journals, ICustomerStore customers, IProductTermsStore terms, OutcomeBook book)
{
    [Function(nameof(CreditOrder))]
    public async Task Run([QueueTrigger(OrderToCredit.Queue)] OrderToCredit message, CancellationToken cancellationToken)
    {
        if (await orders.FindAsync(message.Shop, message.Order, cancellationToken) is not { } known)
        {
            return;
        }

        var currency = (await shops.EnsureAsync(message.Shop, cancellationToken)).Settings.Currency;
        var journal = known.Order.CustomerId is { } customer ? await journals.FindAsync(message.Shop, customer, cancellationToken) : CustomerJournal.Empty;
        var costs = await terms.FindAsync(message.Shop, [.. known.Order.Lines.Select(line => line.Sku)], cancellationToken);
        var credit = new CreditTerms(currency)
        {
            Costs = costs.Where(product => product.Cost?.Currency == currency).ToDictionary(product => product.Sku, product => product.Cost!.Value.Amount),
            FirstOrderAt = known.Order.CustomerId is { } who ? (await customers.FindAsync(message.Shop, [who], cancellationToken))[0].Record.State.Shopping.FirstOrderAt : null,
            Segment = journal.Outcomes.LastOrDefault(outcome => outcome.Tags.Segment is not null)?.Tags.Segment,
        };
        await book.RecordAsync(message.Shop, OrderOutcomes.Of(known.Order, known.Refunds, journal, credit), cancellationToken);
    }
}
