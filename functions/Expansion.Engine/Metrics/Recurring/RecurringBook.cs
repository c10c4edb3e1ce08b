using Expansion.Engine.Metrics.Facts;

namespace Expansion.Engine.Metrics.Recurring;

/// <summary>
/// The one book of a shop's recurring revenue and plans, that all figures of them are read from. A customer's revenue is what billing tells of their subscriptions; where it tells nothing, what
/// their plans are said to bring.
/// </summary>
public sealed class RecurringBook
{
    private readonly List<PayingCustomer> _customers;

    /// <param name="currency">The shop's: what is in others is left out of all amounts, and counted.</param>
    public RecurringBook(IEnumerable<SubscriptionRevenue> billed, IEnumerable<PlanHistory> plans, string currency)
    {
        var subscriptions = billed.ToLookup(subscription => subscription.Customer);
        var histories = plans.Where(history => history.Changes.Count > 0).ToDictionary(history => history.Customer);
        _customers =
        [
            .. subscriptions.Select(customer => customer.Key).Union(histories.Keys).Select(customer =>
                new PayingCustomer(customer, [.. subscriptions[customer]], histories.GetValueOrDefault(customer), currency)),
        ];
    }

    /// <summary>The first thing that is known of anybody; null when nothing is.</summary>
    public DateTimeOffset? Since => _customers.Min(customer => (DateTimeOffset?)customer.Since);

    /// <summary>Every customer's month: between two times, the first of which belongs to it.</summary>
    public IEnumerable<CustomerMonth> Month(DateTimeOffset start, DateTimeOffset end, PlanRanks ranks) => _customers.Where(customer => customer.Since < end).Select(customer => customer.Month(start, end, ranks));

    public MrrMovements Movements(DateTimeOffset start, DateTimeOffset end) => _customers.Aggregate(MrrMovements.None, (sum, customer) => sum + customer.Movements(start, end));

    /// <summary>How many subscriptions are left out, by the currency they are in.</summary>
    public IReadOnlyDictionary<string, int> LeftOut(DateTimeOffset end) => _customers.SelectMany(customer => customer.Elsewhere(end)).CountBy(currency => currency).ToDictionary();
}
