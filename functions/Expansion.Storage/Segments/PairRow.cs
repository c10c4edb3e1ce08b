using System.Globalization;
using System.Text.Json.Serialization;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Delay;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Affinity.Season;

namespace Expansion.Storage.Segments;

/// <summary>A scored pair as a row of a Parquet file: names and types are a contract for whoever reads it. Lists are numbers with blanks between.</summary>
internal sealed class PairRow
{
    [JsonPropertyName("a")]
    public string A { get; set; } = "";

    [JsonPropertyName("b")]
    public string B { get; set; } = "";

    [JsonPropertyName("count_ab")]
    public long CountAb { get; set; }

    [JsonPropertyName("count_a")]
    public long CountA { get; set; }

    [JsonPropertyName("count_b")]
    public long CountB { get; set; }

    [JsonPropertyName("n")]
    public long N { get; set; }

    [JsonPropertyName("support")]
    public double Support { get; set; }

    [JsonPropertyName("confidence_ab")]
    public double ConfidenceAb { get; set; }

    [JsonPropertyName("confidence_ba")]
    public double ConfidenceBa { get; set; }

    [JsonPropertyName("lift")]
    public double Lift { get; set; }

    [JsonPropertyName("expected")]
    public double Expected { get; set; }

    [JsonPropertyName("p")]
    public double P { get; set; }

    [JsonPropertyName("q")]
    public double Q { get; set; }

    [JsonPropertyName("lift_low")]
    public double LiftLow { get; set; }

    [JsonPropertyName("lift_high")]
    public double LiftHigh { get; set; }

    [JsonPropertyName("shrunken_lift")]
    public double ShrunkenLift { get; set; }

    [JsonPropertyName("within_lift")]
    public double WithinLift { get; set; }

    [JsonPropertyName("seasonal")]
    public bool Seasonal { get; set; }

    [JsonPropertyName("season_months")]
    public string SeasonMonths { get; set; } = "";

    [JsonPropertyName("trend")]
    public string Trend { get; set; } = "";

    [JsonPropertyName("both_by_month")]
    public string BothByMonth { get; set; } = "";

    [JsonPropertyName("customers_same_order")]
    public long SameOrder { get; set; }

    [JsonPropertyName("customers_a_first")]
    public long AFirst { get; set; }

    [JsonPropertyName("customers_b_first")]
    public long BFirst { get; set; }

    [JsonPropertyName("days_a_first")]
    public int? DaysAFirst { get; set; }

    [JsonPropertyName("days_b_first")]
    public int? DaysBFirst { get; set; }

    [JsonPropertyName("days")]
    public int? Days { get; set; }

    [JsonPropertyName("price_ratio")]
    public double? PriceRatio { get; set; }

    [JsonPropertyName("touchpoint_ab")]
    public string TouchpointAb { get; set; } = "";

    [JsonPropertyName("after_days_ab")]
    public int? AfterDaysAb { get; set; }

    [JsonPropertyName("touchpoint_ba")]
    public string TouchpointBa { get; set; } = "";

    [JsonPropertyName("after_days_ba")]
    public int? AfterDaysBa { get; set; }

    public static PairRow From(ScoredPair scored) => new()
    {
        A = scored.Pair.A.Value,
        B = scored.Pair.B.Value,
        CountAb = scored.Pair.Both,
        CountA = scored.Pair.CountA,
        CountB = scored.Pair.CountB,
        N = scored.Pair.Baskets,
        Support = scored.Pair.Support,
        ConfidenceAb = scored.Pair.ConfidenceAb,
        ConfidenceBa = scored.Pair.ConfidenceBa,
        Lift = scored.Pair.Lift,
        Expected = scored.Expected,
        P = scored.P,
        Q = scored.Q,
        LiftLow = scored.LiftLow,
        LiftHigh = scored.LiftHigh,
        ShrunkenLift = scored.ShrunkenLift,
        WithinLift = scored.WithinLift,
        Seasonal = scored.Seasonal,
        SeasonMonths = Text(scored.SeasonMonths),
        Trend = scored.Trend.ToString(),
        BothByMonth = Text(scored.BothByMonth),
        SameOrder = scored.Delay.SameOrder,
        AFirst = scored.Delay.AFirst,
        BFirst = scored.Delay.BFirst,
        DaysAFirst = scored.Delay.DaysAFirst,
        DaysBFirst = scored.Delay.DaysBFirst,
        Days = scored.Delay.Days,
        PriceRatio = scored.PriceRatio,
        TouchpointAb = scored.AdviceAb.Touchpoint.ToString(),
        AfterDaysAb = scored.AdviceAb.AfterDays,
        TouchpointBa = scored.AdviceBa.Touchpoint.ToString(),
        AfterDaysBa = scored.AdviceBa.AfterDays,
    };

    public ScoredPair ToPair() => new(
        new Pair(new Sku(A), new Sku(B), CountAb, CountA, CountB, N),
        Expected, P, Q, LiftLow, LiftHigh, ShrunkenLift, WithinLift, Seasonal, Numbers(SeasonMonths), Enum.Parse<TrendDirection>(Trend), Numbers(BothByMonth),
        new PairDelay(SameOrder, AFirst, BFirst, DaysAFirst, DaysBFirst, Days), PriceRatio);

    private static string Text(IEnumerable<int> numbers) => string.Join(' ', numbers);

    private static int[] Numbers(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
}
