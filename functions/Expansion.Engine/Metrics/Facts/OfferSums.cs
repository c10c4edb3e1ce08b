namespace Expansion.Engine.Metrics.Facts;

/// <summary>A recommendation was shown, or clicked.</summary>
/// <param name="Impression">The id of the showing, which a click names.</param>
public sealed record ImpressionFact(string Impression, bool Bot = false);

/// <summary>Distinct showings, those clicked at least once, and clicks on what was never shown. Combines with +: a click counts on the day of its showing.</summary>
public readonly record struct OfferSums(long Shown, long Clicked, long OrphanClicks)
{
    /// <summary>Bots are taken out of both; a showing that reaches us twice is one.</summary>
    public static OfferSums Of(IEnumerable<ImpressionFact> shown, IEnumerable<ImpressionFact> clicks)
    {
        var seen = shown.ToLookup(impression => impression.Bot, impression => impression.Impression);
        var (people, bots) = (seen[false].ToHashSet(StringComparer.Ordinal), seen[true].ToHashSet(StringComparer.Ordinal));
        var clicked = clicks.Where(click => !click.Bot).Select(click => click.Impression).ToHashSet(StringComparer.Ordinal);
        return new(people.Count, clicked.Count(people.Contains), clicked.Count(id => !people.Contains(id) && !bots.Contains(id)));
    }

    public static OfferSums operator +(OfferSums left, OfferSums right) =>
        new(left.Shown + right.Shown, left.Clicked + right.Clicked, left.OrphanClicks + right.OrphanClicks);

    public static OfferSums Add(OfferSums left, OfferSums right) => left + right;
}
