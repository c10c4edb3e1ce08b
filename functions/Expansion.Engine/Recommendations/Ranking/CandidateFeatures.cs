using Expansion.Engine.Recommendations.Training;

namespace Expansion.Engine.Recommendations.Ranking;

/// <summary>What the ranking sees of a candidate. Every number can be had when serving.</summary>
internal static class CandidateFeatures
{
    public const int Baskets = 0;
    public const int Customers = 1;
    public const int CustomersRecent = 2;
    public const int Walk = 3;
    public const int Confidence = 4;
    public const int Content = 5;
    public const int ContentBest = 6;
    public const int BasketsEver = 7;
    public const int Habit = 8;
    public const int BasketsBest = 9;
    public const int ConfidenceSum = 10;
    public const int Signals = 11;

    /// <summary>Where the numbers of the product by itself begin, and those of the customer's own purchases of it.</summary>
    public const int Facts = 3 * Signals;
    public const int Own = Facts + 8;

    private const int Count = Own + 12;

    /// <summary>The features that a source gives; together they are all there are.</summary>
    public static IReadOnlyList<(RecommendationSource Source, int[] Features)> BySource { get; } =
    [
        (RecommendationSource.Collaborative, [.. OfSignals(Baskets, BasketsBest, BasketsEver, Customers, CustomersRecent, Walk)]),
        (RecommendationSource.Affinity, [.. OfSignals(Confidence, ConfidenceSum)]),
        (RecommendationSource.Content, [.. OfSignals(Content, ContentBest)]),
        (RecommendationSource.Bestseller, [.. Enumerable.Range(Facts, Own - Facts)]),
        (RecommendationSource.Habit, [.. OfSignals(Habit), .. Enumerable.Range(Own, Count - Own)]),
    ];

    /// <summary>
    /// How many of them a task's ranking looks at, from the first. A basket's sources already hold how much a product sells; what sells of late changes with the season, and what the
    /// held-back weeks teach of it misleads in the next.
    /// </summary>
    public static int CountFor(RecommendationTask task) => task == RecommendationTask.Basket ? Facts : Count;

    /// <summary>The signal that stands for a source when it answers alone; null where it has none.</summary>
    public static int? SignalOf(RecommendationSource source, RecommendationTask task) => source switch
    {
        RecommendationSource.Collaborative => task == RecommendationTask.Basket ? Baskets : BasketsEver,
        RecommendationSource.Affinity => Confidence,
        RecommendationSource.Content => Content,
        RecommendationSource.Habit => Habit,
        _ => null,
    };

    /// <param name="features">As many as the task's ranking looks at.</param>
    public static void Write(CandidateFinder finder, ProductFacts facts, int product, Span<float> features)
    {
        var next = 0;
        foreach (var signal in finder.Signals)
        {
            var score = signal[product];
            features[next++] = Math.Clamp(score / signal.Highest, -1, 1);
            features[next++] = score;
            features[next++] = signal.Rank(product) is { } rank ? 1f / (1 + (0.2f * rank)) : 0;
        }

        if (next == features.Length)
        {
            return;
        }

        var (week, month, all) = (facts.Sold[0][product], facts.Sold[1][product], facts.Sold[2][product]);
        features[next++] = MathF.Log(1 + week);
        features[next++] = MathF.Log(1 + month);
        features[next++] = MathF.Log(1 + all);
        features[next++] = MathF.Log((week + 0.5f) / (month + 1));
        features[next++] = MathF.Log((month + 1) / (all + 2));
        features[next++] = MathF.Log(1 + facts.LastSold[product]);
        features[next++] = MathF.Log(1 + facts.FirstSold[product]);
        features[next++] = facts.Rebought[product];
        if (finder.Context.Task == RecommendationTask.NextPurchase && finder.Own.TryGetValue(product, out var own))
        {
            var since = Math.Max(0, finder.Context.Now - own.LastDay);
            var gap = own.Times > 1 ? (own.LastDay - own.FirstDay + facts.Gap[product]) / own.Times : facts.Gap[product];
            features[next++] = 1;
            features[next++] = MathF.Log(own.Times);
            features[next++] = (float)own.Times / finder.Context.Orders.Count;
            features[next++] = (float)own.Query;
            features[next++] = (float)own.Recent;
            features[next++] = MathF.Sqrt((float)own.Recent);
            features[next++] = MathF.Log((float)(1 + since));
            features[next++] = (float)Math.Exp(-Math.Pow(Math.Log((1 + since) / (1 + gap)), 2));
            features[next++] = MathF.Log((float)(1 + gap));
            features[next++] = 1f / (finder.Context.Orders.Count - own.LastOrder);
            features[next++] = MathF.Log(finder.Context.Orders.Count);
            features[next++] = finder.Returning;
        }
        else
        {
            features[next..].Clear();
        }
    }

    private static IEnumerable<int> OfSignals(params int[] signals) => signals.SelectMany(signal => Enumerable.Range(3 * signal, 3));
}
