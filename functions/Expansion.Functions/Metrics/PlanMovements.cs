using Expansion.Engine;
using Expansion.Engine.Metrics.Recurring;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Shops;

namespace Expansion.Functions.Metrics;

/// <summary>The customers behind the figures of plans and recurring revenue, each with what happened to their subscriptions.</summary>
public sealed class PlanMovements(RecurringBooks books)
{
    /// <summary>The waterfall, whose customers can be asked for as if it were a metric.</summary>
    public const string Mrr = "mrr";

    /// <param name="metric">One of those that count plans, or <see cref="Mrr"/>.</param>
    internal async Task<IReadOnlyList<CustomerMovement>> ReadAsync(Shop shop, string metric, MetricQuery asked, CancellationToken cancellationToken)
    {
        var (book, ranks) = (await books.OpenAsync(shop, cancellationToken), await books.RanksAsync(shop.Id, cancellationToken));
        var rows = new List<CustomerMovement>();
        for (var month = Period.Of(Grain.Month, asked.Period.First); month.First <= asked.Period.Last; month = Period.Of(Grain.Month, month.Last.AddDays(1)))
        {
            var (start, end) = RecurringBooks.Bounds(month, shop.Settings);
            rows.AddRange(book.Month(start, end, ranks)
                .Where(customer => asked.Slice == Slice.All || asked.Slice == new Slice(SliceKind.Cohort, customer.Cohort.ToString()))
                .Where(customer => IsCounted(metric, customer))
                .Select(customer => Row(metric, month, start, customer)));
        }

        // What moved first: those who stayed as they were are behind the number too, but say little.
        return [.. rows.OrderBy(row => row.Kind == MovementKind.Unchanged).ThenBy(row => row.At).ThenBy(row => row.Id, StringComparer.Ordinal)];
    }

    private static bool IsCounted(string metric, CustomerMonth customer) => metric switch
    {
        Mrr => customer.Mrr.Start != 0 || customer.Mrr.End != 0,
        "net_revenue_retention" => customer.Mrr.Start > 0,
        _ => customer.Plans.Eligible > 0,
    };

    private static CustomerMovement Row(string metric, Period month, DateTimeOffset start, CustomerMonth customer) => new(
        $"{month.First:yyyy-MM}|{customer.Customer}",
        metric is "upgrade_rate" ? customer.Plans.Upgraded > 0 ? MovementKind.Upgrade : MovementKind.Unchanged : Kind(customer),
        customer.Events.Count > 0 ? customer.Events[^1].At : start,
        customer.Customer,
        customer.Mrr.End - customer.Mrr.Start,
        customer.Mrr.Start,
        customer.Mrr.End,
        customer.Events);

    private static MovementKind Kind(CustomerMonth customer) => customer.Mrr switch
    {
        { New: > 0 } => MovementKind.New,
        { Reactivation: > 0 } => MovementKind.Reactivation,
        { Expansion: > 0 } => MovementKind.Expansion,
        { Contraction: > 0 } => MovementKind.Contraction,
        { Churn: > 0 } => MovementKind.Churn,
        _ => MovementKind.Unchanged,
    };
}

internal enum MovementKind
{
    Unchanged,
    New,
    Reactivation,
    Expansion,
    Contraction,
    Churn,

    /// <summary>On a higher plan than at the month's start.</summary>
    Upgrade,
}

/// <param name="At">When the last of it happened; the month's start where nothing did.</param>
/// <param name="Amount">What it changed recurring revenue by.</param>
internal sealed record CustomerMovement(
    string Id, MovementKind Kind, DateTimeOffset At, CustomerId Customer, decimal Amount, decimal Start, decimal End, IReadOnlyList<SubscriptionEvent> Events);
