using System.Collections.Immutable;
using Expansion.Engine.Offers;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Timing.Customers;

/// <summary>
/// A customer's row: the state, and what was decided with it but may not be in the ledger yet. Both change in one write, so that an offer is never made that a cap doesn't count,
/// and one that was made is never lost: who saves next, or repeats, writes it into the ledger.
/// </summary>
public sealed record CustomerRecord(CustomerState State)
{
    private const int MaxSilences = 20;

    /// <summary>Decisions that may not be in the ledger yet.</summary>
    public ImmutableList<Decision> Decided { get; init; } = [];

    /// <summary>The silences on record, by touchpoint and occasions, with their reasons: the same is written once.</summary>
    public ImmutableDictionary<string, string> Silences { get; init; } = [];

    /// <summary>When this customer is looked at again.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The same once what was decided is in the ledger.</summary>
    public CustomerRecord Settled() => Decided.IsEmpty ? this : this with { Decided = [] };

    public static CustomerRecord New(CustomerId customer) => new(new CustomerState(customer));

    public CustomerRecord With(IEnumerable<Signal> signals, TimeZoneInfo zone) => this with { State = signals.Aggregate(State, (state, signal) => state.With(signal, zone)) };

    /// <summary>Takes a decision in. A silence for the reasons that are on record already changes nothing.</summary>
    public CustomerRecord With(Decision decision)
    {
        var moment = $"{decision.Touchpoint} {string.Join(',', decision.Occasions)}";
        var reasons = string.Join(',', decision.Suppressions.Select(suppression => suppression.Name).Concat(decision.Candidates.Select(candidate => candidate.Target)));
        if (decision.Offer is null && Silences.GetValueOrDefault(moment) == reasons)
        {
            return this;
        }

        return this with
        {
            State = decision.Made is { } made ? State with { Offers = State.Offers.With(made) } : State,
            Decided = Decided.Add(decision),
            Silences = decision.Offer is not null ? Silences : (Silences.Count < MaxSilences ? Silences : []).SetItem(moment, reasons),
        };
    }
}
