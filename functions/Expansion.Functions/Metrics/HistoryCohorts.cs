using Expansion.Engine;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Orders;

namespace Expansion.Functions.Metrics;

/// <summary>The month of each customer's first order, as the basket segments tell it.</summary>
internal sealed class HistoryCohorts
{
    private readonly Dictionary<ulong, YearMonth> _first = [];
    private readonly Dictionary<YearMonth, ulong> _prints = [];

    private HistoryCohorts()
    {
    }

    /// <summary>Reads the customers of the orders alone, a row group at a time.</summary>
    /// <param name="months">All up to the last one asked for.</param>
    public static async Task<HistoryCohorts> ReadAsync(IBasketSegments segments, ShopId shop, IEnumerable<YearMonth> months, CancellationToken cancellationToken)
    {
        var cohorts = new HistoryCohorts();
        foreach (var month in months.Order())
        {
            cohorts._prints[month] = 0;
            await foreach (var columns in segments.ReadColumnsAsync(shop, month, cancellationToken))
            {
                foreach (var customer in columns.CustomerIds.OfType<string>())
                {
                    cohorts.Add(CustomerSet.Hash(new(customer)), month);
                }
            }
        }

        return cohorts;
    }

    /// <summary>Null for an order that names no customer.</summary>
    public YearMonth? Of(Order order) => order.CustomerId is { } customer && _first.TryGetValue(CustomerSet.Hash(customer), out var first) ? first : null;

    /// <summary>Changes when the cohort of one of the month's customers does, as it may when something older is imported.</summary>
    public ulong Print(YearMonth month) => _prints.GetValueOrDefault(month);

    private void Add(ulong customer, YearMonth month)
    {
        if (!_first.TryGetValue(customer, out var first))
        {
            _first[customer] = first = month;
        }

        _prints[month] = unchecked(_prints[month] + (customer * (ulong)((2 * month.MonthsSince(first)) + 1)));
    }
}
