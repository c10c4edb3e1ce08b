using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Functions.Orders;

/// <summary>Folds an import, and the orders that arrived singly, into one month's basket segment. Can be repeated: what is already there changes nothing.</summary>
public sealed class MonthFold(IBasketSegments segments, IOrderStore orders)
{
    /// <summary>Races are rare (an import beside the nightly job) and each has a winner; so many lost in a row mean something else is wrong.</summary>
    private const int Attempts = 20;

    /// <param name="imported">Empty to fold in what arrived singly, and nothing else.</param>
    /// <returns>Whether the segment changed.</returns>
    public async Task<bool> FoldAsync(ShopId shop, YearMonth month, IReadOnlyCollection<Order> imported, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var segment = await segments.ReadAsync(shop, month, cancellationToken);
            var received = await orders.ReadAsync(shop, month, cancellationToken).ToListAsync(cancellationToken);
            var merged = MonthMerge.Merge(month, segment.Orders, imported, received);
            foreach (var gone in merged.Gone)
            {
                await orders.SaveAsync(shop, gone, cancellationToken);
            }

            if (!merged.Changed || await segments.WriteAsync(shop, month, segment with { Orders = merged.Orders }, cancellationToken))
            {
                return merged.Changed;
            }
        }

        throw new InvalidOperationException($"The segment of {shop} for {month} was changed by others {Attempts} times while it was being written.");
    }
}
