using System.Collections.Immutable;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Timing.Customers;

/// <summary>Plan, renewal, payments, and the last rise of every price that concerns the customer.</summary>
public sealed record SubscriptionFacts
{
    public const int MaxPayments = 24;
    public const int MaxPriceRises = 30;

    public Latest<PlanTerms>? Terms { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public Latest<DateTimeOffset?>? RenewsAt { get; init; }

    /// <summary>Whether the last thing heard of the subscription was that it is cancelled.</summary>
    public Latest<bool>? Cancelled { get; init; }

    /// <summary>The last payments, oldest first; true for one that failed.</summary>
    public ImmutableList<Latest<bool>> Payments { get; init; } = [];

    /// <summary>By plan or SKU.</summary>
    public ImmutableDictionary<string, PriceRise> PriceRises { get; init; } = [];

    public bool IsCancelled => Cancelled?.Value == true;

    public bool PaymentFails => Payments is [.., { Value: true }];

    internal SubscriptionFacts With(Signal signal) => signal switch
    {
        SubscriptionStarted started => Active(started) with
        {
            Terms = Terms.Or(started.Terms, started),
            StartedAt = StartedAt.Earlier(started.At),
            RenewsAt = RenewsAt.Or(started.RenewsAt, started),
        },
        PlanChanged changed => Active(changed) with { Terms = Terms.Or(changed.Terms, changed) },
        SubscriptionRenewed renewed => Active(renewed) with { RenewsAt = RenewsAt.Or(renewed.RenewsAt, renewed) },
        SubscriptionCancelled cancelled => this with { Cancelled = Cancelled.Or(true, cancelled) },
        PaymentFailed failed => Pay(failed, true),
        PaymentSucceeded paid => Pay(paid, false),
        PriceChanged price => this with { PriceRises = PriceRise.Add(PriceRises, price, MaxPriceRises) },
        _ => this,
    };

    private SubscriptionFacts Active(Signal signal) => this with { Cancelled = Cancelled.Or(false, signal) };

    private SubscriptionFacts Pay(Signal signal, bool failed) => this with
    {
        Payments = [.. Payments.Add(new(failed, signal.At, signal.Id)).OrderBy(payment => payment.At).ThenBy(payment => payment.Id, StringComparer.Ordinal).TakeLast(MaxPayments)],
    };
}

public sealed record PriceRise(Money From, Money To, DateTimeOffset At)
{
    /// <summary>Keeps the latest rise of each item, of two at one time the higher. What is no rise, or can't be compared because the currency changed, changes nothing.</summary>
    public static ImmutableDictionary<string, PriceRise> Add(ImmutableDictionary<string, PriceRise> rises, PriceChanged price, int most)
    {
        var known = rises.GetValueOrDefault(price.Item);
        if (price.From.Currency != price.To.Currency || price.To.Amount <= price.From.Amount
            || (known is not null && (known.At, known.To.Amount, known.From.Amount).CompareTo((price.At, price.To.Amount, price.From.Amount)) >= 0))
        {
            return rises;
        }

        rises = rises.SetItem(price.Item, new(price.From, price.To, price.At));
        return rises.Count <= most ? rises : rises.Remove(rises.OrderBy(rise => rise.Value.At).ThenBy(rise => rise.Key, StringComparer.Ordinal).First().Key);
    }
}
