using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Functions.Compliance;

namespace Expansion.Functions.Orders;

/// <summary>
/// Folds an import, and the orders that arrived singly, into one month's basket segment, each without the names that were erased. Can be repeated: what is already there changes nothing.
/// </summary>
public sealed class MonthFold(IBasketSegments segments, IOrderStore orders, Erasures erasures)
{
    /// <summary>Races are rare (an import beside the nightly job) and each has a winner; so many lost in a row mean something else is wrong.</summary>
    private const int Attempts = 20;

    /// <param name="imported">Empty to fold in what arrived singly, and nothing else.</param>
    /// <returns>Whether the segment changed.</returns>
    public async Task<bool> FoldAsync(ShopId shop, YearMonth month, IReadOnlyList<Order> imported, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var erased = await erasures.OfAsync(shop, cancellationToken);
            var segment = await segments.ReadAsync(shop, month, cancellationToken);
            var received = await orders.ReadAsync(shop, month, cancellationToken).ToListAsync(cancellationToken);
            var known = erased.Strip(segment.Orders);
            var merged = MonthMerge.Merge(month, known, erased.Strip(imported), erased.Strip(received));
            var changed = merged.Changed || !ReferenceEquals(known, segment.Orders);
            foreach (var gone in merged.Gone)
            {
                await orders.SaveAsync(shop, gone, cancellationToken);
            }

            if (!changed || await segments.WriteAsync(shop, month, segment with { Orders = merged.Orders }, cancellationToken))
            {
                return changed;
            }
        }

        throw new InvalidOperationException($"The segment of {shop} for {month} was changed by others {Attempts} times while it was being written.");
    }
}
