using Expansion.Engine.Experiments.Guardrails;
using Expansion.Engine.Experiments.Statistics;
using Expansion.Engine.Experiments.Verdicts;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Outcomes;

namespace Expansion.Engine.Experiments.Readings;

/// <summary>One visitor of an experiment with what they did before and since. All that they buy counts, credited to an offer or not.</summary>
public sealed class ExposedVisitor(Exposure exposure, CustomerJournal journal)
{
    /// <summary>How far back purchases tell of later ones.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromDays(28);

    /// <summary>How long after its day retention is looked for: the guardrail's 37 days are day 30 to 37.</summary>
    private static readonly TimeSpan RetentionDays = TimeSpan.FromDays(7);

    private static readonly TimeSpan Window = ExposureWindow.Default.Length;

    public Exposure Exposure { get; } = exposure;

    private DateTimeOffset Start => Exposure.At;

    /// <summary>The window has closed: from then on the visitor counts, and never changes.</summary>
    public bool IsMature(DateTimeOffset now) => now >= Start + Window;

    /// <summary>What a mature visitor adds to their arm. Returns within the window are taken off; later ones are a guardrail's matter.</summary>
    public ArmSums Sums(decimal? cap)
    {
        var (orders, before) = (Orders(Start, Start + Window), Orders(Start - Before, Start));
        var (revenue, capped) = ((double)orders.Sum(order => order.Revenue), Capped(orders, cap));
        return new()
        {
            Conversions = new(1, orders.Count > 0 ? 1 : 0),
            Revenue = One(revenue),
            CappedRevenue = One(capped),
            Margin = One((double)orders.Sum(order => order.Margin)),
            OrderValue = Two(revenue, orders.Count),
            BeforeAndAfter = Two(capped, Capped(before, cap)),
        };
    }

    /// <summary>Units and events of a guardrail that counts how often something happened.</summary>
    /// <param name="now">What happened later isn't known yet.</param>
    /// <param name="matureOnly">Only units whose time has passed; else all there are, for the alarm.</param>
    public EventCount Events(GuardrailPlan plan, DateTimeOffset now, bool matureOnly)
    {
        if (plan.Name == GuardrailPlan.ReturnRate)
        {
            var orders = OrderTimes(Start, Start + Window).Where(order => !matureOnly || order.At + plan.WatchFor <= now).ToList();
            return new(orders.Count, orders.Count(order => Any(OutcomeKind.Refund, order.At, order.At + plan.WatchFor, now, order.Id)));
        }

        if (plan.Name == GuardrailPlan.Retention)
        {
            // Earlier there is nothing to see in either arm.
            return Start + plan.WatchFor <= now ? new(1, AnyAtAll(Start + plan.WatchFor - RetentionDays, Start + plan.WatchFor) ? 1 : 0) : default;
        }

        var kind = plan.Name == GuardrailPlan.OptOutRate ? OutcomeKind.OptOut : OutcomeKind.Complaint;
        return matureOnly && Start + plan.WatchFor > now ? default : new(1, Any(kind, Start, Start + plan.WatchFor, now, null) ? 1 : 0);
    }

    /// <summary>The values of a guardrail that is a mean: every satisfaction told, or what the visitor has brought in; of visitors whose time has passed.</summary>
    public MeanStatistic Values(GuardrailPlan plan, DateTimeOffset now)
    {
        var end = Start + plan.WatchFor;
        return end > now ? default
            : plan.Name == GuardrailPlan.Satisfaction
                ? MeanStatistic.Of(journal.Outcomes.Where(outcome => outcome.Kind == OutcomeKind.Satisfaction && outcome.At >= Start && outcome.At < end).Select(outcome => (double)outcome.Amount))
                : One((double)Orders(Start, end).Sum(order => order.Revenue));
    }

    /// <summary>What a mature visitor bought in other currencies than the shop's.</summary>
    public OtherCurrencies Elsewhere => journal.Outcomes
        .Where(outcome => outcome is { Kind: OutcomeKind.Revenue or OutcomeKind.Refund, Currency: not null } && outcome.At >= Start && outcome.At < Start + Window)
        .Aggregate(OtherCurrencies.None, (sum, outcome) => sum.With(outcome.Currency!, Signed(outcome, outcome.Amount)));

    /// <summary>Capped revenue of a mature visitor: what a bandit is judged by.</summary>
    public double Reward(decimal? cap) => Capped(Orders(Start, Start + Window), cap);

    /// <summary>The orders of a time with what they brought, less what came back in that time.</summary>
    private List<(decimal Revenue, decimal Margin)> Orders(DateTimeOffset since, DateTimeOffset until) =>
    [
        .. from order in OrderTimes(since, until)
           let amounts = journal.Outcomes.Where(outcome => outcome.OrderId == order.Id && outcome.At < until && outcome is { Kind: OutcomeKind.Revenue or OutcomeKind.Refund, Currency: null }).ToList()
           select (amounts.Sum(amount => Signed(amount, amount.Amount)), amounts.Sum(amount => Signed(amount, amount.Margin ?? 0))),
    ];

    private IEnumerable<(OrderId Id, DateTimeOffset At)> OrderTimes(DateTimeOffset since, DateTimeOffset until) => journal.Outcomes
        .Where(outcome => outcome is { Kind: OutcomeKind.Order, OrderId: not null, Order.Status: OrderStatus.Completed } && outcome.At >= since && outcome.At < until)
        .Select(outcome => (outcome.OrderId!.Value, outcome.At));

    private bool Any(OutcomeKind kind, DateTimeOffset since, DateTimeOffset until, DateTimeOffset now, OrderId? order) =>
        journal.Outcomes.Exists(outcome => outcome.Kind == kind && outcome.At >= since && outcome.At < until && outcome.At <= now && (order is null || (outcome.OrderId == order && outcome.Amount > 0)));

    private bool AnyAtAll(DateTimeOffset since, DateTimeOffset until) => journal.Outcomes.Exists(outcome => outcome.At >= since && outcome.At < until);

    private static double Capped(IEnumerable<(decimal Revenue, decimal Margin)> orders, decimal? cap) => (double)orders.Sum(order => Math.Min(order.Revenue, cap ?? order.Revenue));

    private static decimal Signed(Outcome outcome, decimal amount) => outcome.Kind == OutcomeKind.Refund ? -amount : amount;

    private static MeanStatistic One(double value) => new(1, value, value * value);

    private static BivariateStatistic Two(double y, double x) => new(1, y, y * y, x, x * x, x * y);
}
