using Expansion.Engine.Offers;

namespace Expansion.Engine.Timing;

/// <summary>What a replay came to.</summary>
/// <param name="Moments">Occasions of a customer at a touchpoint, each once.</param>
/// <param name="Offers">Those that led to an offer.</param>
/// <param name="Occasions">Offers by trigger or rule.</param>
/// <param name="Targets">Offers by what was offered.</param>
/// <param name="Silences">The other moments by what kept them silent first.</param>
/// <param name="Days">By UTC day, without the empty ones.</param>
public sealed record ReplaySummary(
    int Moments, int Offers, IReadOnlyDictionary<string, int> Occasions, IReadOnlyDictionary<string, int> Targets, IReadOnlyDictionary<string, int> Silences, IReadOnlyList<ReplayDay> Days)
{
    public static ReplaySummary Of(IReadOnlyCollection<Decision> decisions)
    {
        // A moment that was put off and taken later is an offer; one that stays silent is counted where it was first.
        var moments = decisions.GroupBy(decision => (decision.Customer, decision.Touchpoint, Occasions: string.Join(' ', decision.Occasions)))
            .Select(moment => moment.FirstOrDefault(decision => decision.Offer is not null) ?? moment.First()).ToList();
        var offers = moments.Where(moment => moment.Offer is not null).ToList();
        return new(
            moments.Count,
            offers.Count,
            Count(offers.Select(offer => offer.Offer!.Angle.Trigger)),
            Count(offers.Select(offer => offer.Offer!.Target)),
            Count(moments.Where(moment => moment.Offer is null).Select(moment => LedgerLine.Of(moment).Silence!)),
            [.. moments.GroupBy(moment => DateOnly.FromDateTime(moment.At.UtcDateTime)).OrderBy(day => day.Key)
                .Select(day => new ReplayDay(day.Key, day.Count(moment => moment.Offer is not null), day.Count(moment => moment.Offer is null)))]);
    }

    private static Dictionary<string, int> Count(IEnumerable<string> words) =>
        words.CountBy(word => word).OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).ToDictionary();
}

public sealed record ReplayDay(DateOnly Day, int Offers, int Silences);
