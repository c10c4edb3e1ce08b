using Expansion.Engine;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Functions.Timing;

/// <summary>Takes opt-outs into account at once. They come by the queue as well, where they change nothing any more but are counted.</summary>
public sealed class OptOuts(ICustomerStore customers)
{
    private const int Attempts = 20;

    public Task TakeAsync(ShopId shop, IEnumerable<OfferOptedOut> signals, CancellationToken cancellationToken) =>
        Task.WhenAll(signals.GroupBy(signal => signal.Customer).Select(sender => TakeAsync(shop, sender, cancellationToken)));

    private async Task TakeAsync(ShopId shop, IGrouping<CustomerId, OfferOptedOut> sender, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var stored = (await customers.FindAsync(shop, [sender.Key], cancellationToken))[0];
            var state = stored.Record.State;
            var told = stored with { Record = stored.Record with { State = state with { Offers = sender.Aggregate(state.Offers, (offers, no) => offers.With(no)) } } };
            if ((await customers.SaveAsync(shop, [told], cancellationToken)).Count == 0)
            {
                return;
            }
        }

        throw new InvalidOperationException($"The opt-out of {sender.Key} of {shop} could not be saved: {Attempts} others came in between.");
    }
}
