using Expansion.Engine.Timing;

namespace Expansion.Engine.Offers.Pricing.Anchors;

/// <summary>How often an anchor was shown and how often it converted.</summary>
public sealed record AnchorRecord(AnchorKind Kind, long Shown, long Converted)
{
    private const string Prefix = "anchor:";

    /// <summary>What showings and conversions of an anchor are counted under.</summary>
    public static string KeyOf(AnchorKind kind) => $"{Prefix}{ExpansionJson.Word(kind)}";

    /// <summary>Null for a key of something else.</summary>
    public static AnchorRecord? Of(string key, AnswerCounts counts) =>
        key.StartsWith(Prefix, StringComparison.Ordinal) && ExpansionJson.FromWord<AnchorKind>(key[Prefix.Length..]) is { } kind ? new(kind, counts.Shown, Math.Min(counts.Converted, counts.Shown)) : null;

    /// <summary>
    /// The lower end of the 95 % interval of the conversion rate: a few lucky showings prove nothing. 0 when never shown.
    /// Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22.
    /// </summary>
    public double LowerBound
    {
        get
        {
            if (Shown <= 0)
            {
                return 0;
            }

            const double Z = 1.959963984540054;
            var (n, rate) = ((double)Shown, (double)Converted / Shown);
            return (rate + (Z * Z / (2 * n)) - (Z * Math.Sqrt((rate * (1 - rate) / n) + (Z * Z / (4 * n * n))))) / (1 + (Z * Z / n));
        }
    }
}

/// <summary>Chooses among the anchors for which there are numbers the one that has proved to convert best; without proof, in the order of <see cref="AnchorKind"/>.</summary>
public static class AnchorChooser
{
    private static readonly IAnchor[] Anchors = [new CostOfNotUpgradingAnchor(), new CurrentSpendAnchor(), new AlternativeAnchor()];

    /// <summary>Every anchor, best first, with those that can't be used last: their reasons are kept.</summary>
    public static IReadOnlyList<AnchorDecision> Rank(AnchorFacts facts, IReadOnlyCollection<AnchorRecord> records, PricingSettings settings, DateTimeOffset now) =>
        [.. Anchors.Select(anchor => anchor.Build(facts, settings, now))
            .OrderByDescending(decision => decision.IsUsable)
            .ThenByDescending(decision => records.FirstOrDefault(record => record.Kind == decision.Kind)?.LowerBound ?? 0)
            .ThenBy(decision => decision.Kind)];
}
