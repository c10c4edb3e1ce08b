using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Mining;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;

namespace Expansion.Functions.Affinity;

/// <summary>Reads the segments of a shop's window into baskets. The window ends with the newest order, so that a shop that imports an old history sees something.</summary>
public sealed class WindowReader(IShopStore shops, IBasketSegments segments, TimeProvider time)
{
    public async Task<BasketWindow> ReadAsync(ShopId id, CancellationToken cancellationToken)
    {
        var shop = await shops.EnsureAsync(id, cancellationToken);
        var now = YearMonth.Of(time.GetUtcNow());
        var months = (await segments.ListAsync(id, cancellationToken)).Select(segment => segment.Month).Where(month => month.CompareTo(now) <= 0).Order().ToList();
        if (months.Count == 0)
        {
            return new(now, now, [], BasketMatrix.From(new BasketBuilder()));
        }

        var from = months[^1].AddMonths(1 - shop.Settings.WindowMonths);
        months.RemoveAll(month => month.CompareTo(from) < 0);
        var reader = new BasketReader();
        foreach (var month in months)
        {
            await foreach (var columns in segments.ReadColumnsAsync(id, month, cancellationToken))
            {
                reader.Add(columns);
            }
        }

        return new(months[0], months[^1], reader.Skus, BasketMatrix.From(reader.Builder));
    }
}
