using Expansion.Engine.Offers;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;
using Expansion.Functions.Compliance;
using Expansion.Functions.Outcomes;
using Expansion.Functions.Timing;

namespace Expansion.Functions.Offers;

/// <summary>Decides on an offer that is asked for. It counts from the moment it is saved with its customer; who asks at the same time decides again, seeing it.</summary>
public sealed class NextOffers(ICustomerStore customers, OfferDecisions decisions, IOfferLedger ledger, OutcomeInbox outcomes, Erasures erasures, TimeProvider time)
{
    /// <summary>With each, somebody else's change was saved: as many as may be at work on one customer at once.</summary>
    private const int Attempts = 100;

    /// <summary>Requests about one customer take turns here, so that only other instances are in each other's way.</summary>
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    internal async Task<Decision> DecideAsync(ShopTiming shop, OfferQuestion question, CancellationToken cancellationToken)
    {
        if ((await erasures.OfAsync(shop.Shop, cancellationToken)).Has(question.Customer))
        {
            return new("erased", question.Customer, time.GetUtcNow(), question.Touchpoint, null, "The customer was erased: nothing is known of them, and nothing may be kept.");
        }

        var turn = _turns[(uint)HashCode.Combine(shop.Shop, question.Customer) % _turns.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            var decision = await DecideInTurnAsync(shop, question, cancellationToken);
            await erasures.WrittenAsync(shop.Shop, [question.Customer], cancellationToken);
            return decision;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<Decision> DecideInTurnAsync(ShopTiming shop, OfferQuestion question, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var stored = (await customers.FindAsync(shop.Shop, [question.Customer], cancellationToken))[0];
            if (await SameAsync(shop, stored.Record, question, cancellationToken) is { } same)
            {
                return same;
            }

            await ledger.AddAsync(shop.Shop, stored.Record.Decided, cancellationToken);
            var decision = await DecideAsync(shop, stored.Record, question, cancellationToken);
            var before = stored.Record.Settled();
            var after = before.With(decision);
            if (ReferenceEquals(after, before) || (await customers.SaveAsync(shop.Shop, [stored with { Record = after }], cancellationToken)).Count == 0)
            {
                await ledger.AddAsync(shop.Shop, [decision], cancellationToken);
                await outcomes.SendAsync(new(shop.Shop, []) { Exposures = OfferOutcomes.Held(decision) is { } held ? [held] : [] }, cancellationToken);
                DecisionMeter.Add(decision);
                return decision;
            }
        }

        throw new InvalidOperationException($"Customer {question.Customer} of {shop.Shop} was changed by others {Attempts} times while being decided on.");
    }

    /// <summary>The offer this very interaction has had: a page that is loaded again shows it again.</summary>
    private async Task<Decision?> SameAsync(ShopTiming shop, CustomerRecord record, OfferQuestion question, CancellationToken cancellationToken)
    {
        var made = question.Interaction is null ? null : record.State.Offers.Made.FindLast(known => known.Interaction == question.Interaction && known.Touchpoint == question.Touchpoint);
        return made is null || record.State.Offers.OptedOutAt is not null || record.State.Offers.ChannelOptOut(Channels.Of(made.Touchpoint)) is not null || made.DismissedAt is not null || made.ComplainedAt is not null ? null
            : record.Decided.Find(decision => decision.Id == made.Id) ?? await ledger.FindAsync(shop.Shop, made.Id, cancellationToken);
    }

    private async Task<Decision> DecideAsync(ShopTiming shop, CustomerRecord record, OfferQuestion question, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var customer = question.Cart is { } cart ? record.State with { Shopping = record.State.Shopping with { Cart = new(cart, now, "") } } : record.State;
        var context = await decisions.ContextAsync(shop, customer, question.Touchpoint, question.UserAgent, now, cancellationToken) with { Interaction = question.Interaction, Session = question.Session };
        return await decisions.DecideAsync(shop, context, TimingEvaluator.Read(context, shop.Rules), question.Locale, cancellationToken);
    }
}
