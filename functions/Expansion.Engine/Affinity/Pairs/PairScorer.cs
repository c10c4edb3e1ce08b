using Expansion.Engine.Affinity.Delay;
using Expansion.Engine.Affinity.Months;
using Expansion.Engine.Affinity.Season;
using Expansion.Engine.Affinity.Soundness;
using Expansion.Engine.Orders;

namespace Expansion.Engine.Affinity.Pairs;

/// <summary>Everything that is said of a pair, from the counts of its window, the q-values of all pairs, and when customers bought the two.</summary>
public sealed class PairScorer(WindowCounts window, QValues q, DelayCounter delays, IReadOnlyDictionary<Sku, Product> products)
{
    public ScoredPair Score(PairCandidate candidate)
    {
        var counts = new PairCounts(candidate.Both, window.Frequencies[candidate.A], window.Frequencies[candidate.B], window.Baskets);
        var byMonth = candidate.ByMonth(window.Months.Count);
        var months = window.Months.Select((month, index) => new MonthCounts(month.Month, new PairCounts(
            byMonth[index], window.Frequency(index, candidate.A), window.Frequency(index, candidate.B), month.Baskets))).ToList();
        var soundness = PairSoundness.Of(counts);
        var season = SeasonTest.Judge(months);
        var (a, b) = (window.Skus[candidate.A], window.Skus[candidate.B]);
        return new(
            new Pair(a, b, counts.Both, counts.A, counts.B, counts.Baskets),
            soundness.Expected, soundness.P.Value, q.Of(soundness.P).Value, soundness.Interval.Low, soundness.Interval.High, soundness.ShrunkenLift,
            season.Within.Lift, season.Seasonal, season.Months, PairTrend.Of(months).Direction, window.ByCalendar(month => byMonth[month]),
            delays.Of(candidate.A, candidate.B), PriceRatio(a, b))
        {
            ProductA = Known(a),
            ProductB = Known(b),
        };
    }

    private Product Known(Sku sku) => products.GetValueOrDefault(sku) ?? new(sku, null, null);

    private double? PriceRatio(Sku from, Sku to) =>
        products.GetValueOrDefault(from)?.Price is { Amount: > 0 } price && products.GetValueOrDefault(to)?.Price is { Amount: > 0 } other && other.Currency == price.Currency
            ? (double)(other.Amount / price.Amount)
            : null;
}
