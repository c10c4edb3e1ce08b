using System.Runtime.InteropServices;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Outcomes;

namespace Expansion.Engine.Metrics.RollUp;

/// <summary>One day's outcomes as sums, for every slice of the business. Nothing else of the day is needed afterwards.</summary>
public static class DayRollUp
{
    /// <param name="outcomes">All of the day, in the order they were heard of: the last one of a kind and id counts.</param>
    public static IReadOnlyDictionary<Slice, PeriodSums> Of(IEnumerable<Outcome> outcomes)
    {
        var last = new Dictionary<(OutcomeKind, string), Outcome>();
        foreach (var outcome in outcomes)
        {
            last[(outcome.Kind, outcome.Id)] = outcome;
        }

        var slices = new Dictionary<Slice, SliceSums>();
        foreach (var outcome in last.Values)
        {
            ulong? customer = outcome is { Customer: { } id, Bot: false } ? CustomerSet.Hash(id) : null;
            foreach (var slice in outcome.Tags.Slices)
            {
                ref var sums = ref CollectionsMarshal.GetValueRefOrAddDefault(slices, slice, out _);
                (sums ??= new()).Add(outcome, customer);
            }
        }

        return slices.ToDictionary(slice => slice.Key, slice => slice.Value.Total);
    }

    private sealed class SliceSums
    {
        private readonly HashSet<ulong> _customers = [];
        private readonly List<ImpressionFact> _shown = [];
        private readonly List<ImpressionFact> _clicks = [];
        private OrderSums _orders;
        private decimal _revenue;
        private decimal _expansion;
        private decimal _uncredited;
        private OtherCurrencies _elsewhere = OtherCurrencies.None;

        public PeriodSums Total => new()
        {
            Orders = _orders,
            Offers = OfferSums.Of(_shown, _clicks),
            Revenue = new(_revenue, _expansion, CustomerSet.FromHashes(_customers)) { Uncredited = _uncredited },
            Elsewhere = _elsewhere,
        };

        public void Add(Outcome outcome, ulong? customer)
        {
            if (customer is { } hash)
            {
                _customers.Add(hash);
            }

            switch (outcome.Kind)
            {
                case OutcomeKind.Impression:
                    _shown.Add(new(outcome.Id, outcome.Bot));
                    break;
                case OutcomeKind.Click:
                    _clicks.Add(new(outcome.Id, outcome.Bot));
                    break;
                case OutcomeKind.Order when outcome.Order is { } order:
                    _orders += OrderSums.Of(order, outcome.RevenueKind != RevenueKind.Uncredited);
                    break;
                case OutcomeKind.Revenue or OutcomeKind.Refund when outcome.Currency is { } other:
                    _elsewhere = _elsewhere.With(other, outcome.Kind == OutcomeKind.Refund ? -outcome.Amount : outcome.Amount);
                    break;
                case OutcomeKind.Revenue or OutcomeKind.Refund:
                    var sums = RevenueSums.Of(outcome.Amount, outcome.RevenueKind, outcome.Kind == OutcomeKind.Refund);
                    (_revenue, _expansion, _uncredited) = (_revenue + sums.Total, _expansion + sums.Expansion, _uncredited + sums.Uncredited);
                    break;
            }
        }
    }
}
