using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Signals;
using Expansion.Functions.Offers;
using Expansion.Functions.Outbox;
using Expansion.Functions.Outcomes;

namespace Expansion.Functions.Timing;

/// <summary>
/// Folds signals into what is known of their customers, and decides what is sent to them.
/// <code>
/// 1. the signals go to the log, while all the rest is done, and price rises for everybody to the shop's facts
/// 2. every customer's row is read, folded and decided on
/// 3. looks at a later time are scheduled: one too many does no harm; what was decided before and may not be in the ledger or on its way goes there
/// 4. the rows are saved under the versions that were read, offers counted in them; whoever lost that race starts again at 2
/// 5. what was decided goes to the ledger and on its way, from the saved row, so that a crash in between costs nothing: the message comes again
/// </code>
/// </summary>
public sealed class SignalEvaluation(
    ShopTimings timings, ISignalLog log, IShopTimingStore facts, ICustomerStore customers, OfferDecisions decisions, IOfferSchedule schedule, IOfferLedger ledger, IAnswerCounts answers, OutcomeInbox outcomes, OfferDispatch dispatch, TimeProvider time)
{
    private const int Attempts = 20;

    private static readonly Touchpoint[] Sent = [.. Enum.GetValues<Touchpoint>().Where(place => place.IsPushed())];

    /// <returns>The decisions that were made, silences too.</returns>
    public async Task<IReadOnlyList<Decision>> RunAsync(SignalsReceived message, CancellationToken cancellationToken)
    {
        var (logged, decided) = (LogAsync(message, cancellationToken), DecideAsync(message, cancellationToken));
        await Task.WhenAll(logged, decided);
        return await decided;
    }

    private Task LogAsync(SignalsReceived message, CancellationToken cancellationToken) =>
        message.Signals.Count > 0 ? log.AppendAsync(message.Shop, message.Signals, time.GetUtcNow(), cancellationToken) : Task.CompletedTask;

    private async Task<IReadOnlyList<Decision>> DecideAsync(SignalsReceived message, CancellationToken cancellationToken)
    {
        await RaiseAsync(message, cancellationToken);
        var shop = await timings.FindAsync(message.Shop, cancellationToken) ?? throw new InvalidOperationException($"Signals came for {message.Shop}, which is no shop.");
        var bySender = message.Signals.Where(signal => signal.Customer != Signal.Everybody).ToLookup(signal => signal.Customer);
        IReadOnlyList<CustomerId> open = [.. bySender.Select(sender => sender.Key).Union(message.Due)];
        var decided = new List<Decision>();
        for (var attempt = 0; open.Count > 0; attempt++)
        {
            if (attempt == Attempts)
            {
                throw new InvalidOperationException($"{open.Count} customers of {message.Shop}, {open[0]} among them, were changed by others {Attempts} times while being decided on.");
            }

            var (saved, rest) = await TryAsync(shop, open, bySender, alone: attempt > 0, cancellationToken);
            decided.AddRange(saved);
            open = rest;
        }

        return decided;
    }

    private async Task RaiseAsync(SignalsReceived message, CancellationToken cancellationToken)
    {
        var prices = message.Signals.OfType<PriceChanged>().Where(price => price.Customer == Signal.Everybody).ToList();
        if (prices.Count > 0)
        {
            await facts.ChangeFactsAsync(
                message.Shop,
                known => known with { PriceRises = prices.Aggregate(known.PriceRises, (rises, price) => PriceRise.Add(rises, price, ShopFacts.MaxPriceRises)) },
                cancellationToken);
            timings.Forget(message.Shop);
        }
    }

    /// <param name="alone">Saves one by one, so that the contended one holds up no other.</param>
    private async Task<(IReadOnlyList<Decision> Decided, IReadOnlyList<CustomerId> Open)> TryAsync(
        ShopTiming shop, IReadOnlyList<CustomerId> open, ILookup<CustomerId, Signal> signals, bool alone, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var steps = await Task.WhenAll((await customers.FindAsync(shop.Shop, open, cancellationToken)).Select(stored => StepAsync(shop, stored, signals[stored.Record.State.Customer], now, cancellationToken)));
        await schedule.AddAsync(shop.Shop, [.. steps.Where(step => step.Look is not null).Select(step => step.Look!)], cancellationToken);
        var changed = steps.Where(step => step.Changes).Select(step => step.Before with { Record = step.After }).ToList();
        await TellAsync(shop.Shop, [.. steps.SelectMany(step => step.Before.Record.Decided)], cancellationToken);
        var unsaved = new List<StoredCustomer>();
        foreach (var batch in alone ? changed.Chunk(1) : [.. changed.Chunk(Math.Max(1, changed.Count))])
        {
            unsaved.AddRange(await customers.SaveAsync(shop.Shop, batch, cancellationToken));
        }

        var rest = unsaved.Select(stored => stored.Record.State.Customer).ToHashSet();
        var done = steps.Where(step => !rest.Contains(step.After.State.Customer)).ToList();
        await TellAsync(shop.Shop, [.. done.SelectMany(step => step.Decided)], cancellationToken);
        await outcomes.SendAsync(Told(shop, done, signals), cancellationToken);
        await CountAsync(shop.Shop, done, YearMonth.Of(now), cancellationToken);
        return ([.. done.SelectMany(step => step.Decided)], [.. rest]);
    }

    /// <summary>Can be repeated.</summary>
    private async Task TellAsync(ShopId shop, IReadOnlyList<Decision> decided, CancellationToken cancellationToken)
    {
        await ledger.AddAsync(shop, decided, cancellationToken);
        await dispatch.SendAsync(shop, decided, cancellationToken);
    }

    private async Task<Step> StepAsync(ShopTiming shop, StoredCustomer stored, IEnumerable<Signal> signals, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var record = stored.Record.Settled().With(signals, shop.Zone);
        var (decided, again) = (new List<Decision>(), new List<DateTimeOffset>());
        foreach (var place in Sent)
        {
            var context = await decisions.ContextAsync(shop, record.State, place, null, now, cancellationToken);
            var reading = TimingEvaluator.Read(context, shop.Rules);
            if (reading.Occasions.Count > 0)
            {
                var decision = await decisions.DecideAsync(shop, context, reading, null, cancellationToken);
                var after = record.With(decision);
                decided.AddRange(ReferenceEquals(after, record) ? [] : [decision]);
                record = after;
            }

            again.AddRange(reading.AgainAt is { } at ? [at] : []);
        }

        // Sooner than is scheduled, or the first one: a row that is there already will do.
        var next = again.Count == 0 ? (DateTimeOffset?)null : again.Min();
        var look = next is { } due && !(stored.Record.DueAt > now && stored.Record.DueAt <= due) ? new ScheduledLook(record.State.Customer, due) : null;
        return new(stored, look is null ? record : record with { DueAt = look.At }, decided, look, Answers.Of(stored.Record.State, signals));
    }

    /// <summary>What the signals mean for metrics and experiments, of the customers that are saved.</summary>
    private static OutcomesRecorded Told(ShopTiming shop, IReadOnlyCollection<Step> steps, ILookup<CustomerId, Signal> signals)
    {
        var told = steps.Select(step => OfferOutcomes.Of(shop.Shop, step.After.State, signals[step.After.State.Customer], shop.Currency)).ToList();
        var held = steps.SelectMany(step => step.Decided).Select(OfferOutcomes.Held).OfType<Exposure>();
        return new(shop.Shop, [.. told.SelectMany(one => one.Outcomes)]) { Exposures = [.. told.SelectMany(one => one.Exposures), .. held], Plans = [.. told.SelectMany(one => one.Plans)] };
    }

    /// <summary>Counted once the answers are saved with their customers: a crash in between loses a count, and never counts twice.</summary>
    private async Task CountAsync(ShopId shop, IEnumerable<Step> done, YearMonth month, CancellationToken cancellationToken)
    {
        var counts = done.SelectMany(step => step.Answers).GroupBy(answer => answer.Key)
            .ToDictionary(answer => answer.Key, answer => answer.Aggregate(AnswerCounts.None, (sum, entry) => sum + entry.Value));
        await answers.AddAsync(shop, month, counts, cancellationToken);
    }

    private sealed record Step(
        StoredCustomer Before, CustomerRecord After, IReadOnlyList<Decision> Decided, ScheduledLook? Look, IReadOnlyDictionary<string, AnswerCounts> Answers)
    {
        public bool Changes => Look is not null || Decided.Count > 0 || !ReferenceEquals(After.State, Before.Record.State);
    }
}
