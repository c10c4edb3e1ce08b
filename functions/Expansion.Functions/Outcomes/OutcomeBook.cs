using Expansion.Engine;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Shops;

namespace Expansion.Functions.Outcomes;

/// <summary>Writes outcomes down, by day for the metrics and by customer for crediting and experiments. Can be repeated.</summary>
public sealed class OutcomeBook(IShopStore shops, IOutcomeStore outcomes, IJournalStore journals, IMessageQueue queue)
{
    public async Task RecordAsync(ShopId id, IReadOnlyCollection<Outcome> incoming, CancellationToken cancellationToken)
    {
        var days = new ShopDays(TimeZoneInfo.FindSystemTimeZoneById((await shops.EnsureAsync(id, cancellationToken)).Settings.TimeZone));
        var entries = new List<DayOutcome>();
        var again = new HashSet<OrderId>();
        foreach (var (customer, told) in await Task.WhenAll(incoming.GroupBy(outcome => outcome.Customer).Select(ReadAsync)))
        {
            entries.AddRange(customer.Complete(told).Select(outcome =>
                new DayOutcome(days.Of(outcome.CountsAt), outcome, customer.Known(outcome) is { } known ? days.Of(known.CountsAt) : null)));
            again.UnionWith(Overtaken(customer, told));
        }

        await outcomes.SaveAsync(id, entries, cancellationToken);
        await journals.SaveAsync(id, entries.Select(entry => entry.Outcome), cancellationToken);
        foreach (var order in again)
        {
            await queue.SendAsync(OrderToCredit.Queue, new OrderToCredit(id, order), cancellationToken);
        }

        async Task<(CustomerJournal Journal, IReadOnlyList<Outcome> Told)> ReadAsync(IGrouping<CustomerId?, Outcome> told) =>
            (told.Key is { } customer ? await journals.FindAsync(id, customer, cancellationToken) : CustomerJournal.Empty, [.. told]);
    }

    /// <summary>Orders that came in before the showing that led to them: they are to be credited again.</summary>
    private static IEnumerable<OrderId> Overtaken(CustomerJournal journal, IReadOnlyList<Outcome> told)
    {
        var shown = told.Where(outcome => outcome.Kind is OutcomeKind.Impression or OutcomeKind.Click && journal.Known(outcome) is null).Select(outcome => outcome.CountsAt).ToList();
        return shown.Count == 0 ? [] : journal.Outcomes
            .Where(known => known is { Kind: OutcomeKind.Order, OrderId: not null } && shown.Exists(at => at <= known.At && known.At - at <= CreditRule.Default.Window))
            .Select(known => known.OrderId!.Value);
    }
}
