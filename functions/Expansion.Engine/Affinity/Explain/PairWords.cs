using System.Globalization;
using Expansion.Engine.Affinity.Delay;
using Expansion.Engine.Affinity.Listing;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Affinity.Season;
using Expansion.Engine.Shops;

namespace Expansion.Engine.Affinity.Explain;

/// <summary>What the numbers of a pair mean, in plain words.</summary>
internal sealed class PairWords(ShopPairs shop, ListedPair pair, ExplainedProduct a, ExplainedProduct b)
{
    private readonly ShopSettings _settings = shop.Shop.Settings;

    public IReadOnlyList<string> Verdict(SeasonVerdict? season, PairTrend? trend, int month) => pair.Scored is { } scored
        ? [Shown(scored, month), Actionable(scored), Sound(scored), .. season is null ? [] : new[] { season.Reason }, .. trend is null ? [] : new[] { Trend(trend) },
            When(scored.Delay), $"To who buys {a.Name}, suggest {b.Name} ({Place(scored.AdviceAb)}). {scored.AdviceAb.Reason}",
            $"To who buys {b.Name}, suggest {a.Name} ({Place(scored.AdviceBa)}). {scored.AdviceBa.Reason}", Decision()]
        : [ByHand(), NotKept(), Decision()];

    private string Shown(ScoredPair scored, int month) => pair.Decision?.Verdict switch
    {
        PairVerdict.Rejected => "Not recommended: it was rejected, whatever the numbers say.",
        PairVerdict.Approved => "Recommended: it was approved, whatever the numbers say.",
        PairVerdict.Pinned => "Recommended before all others: it was pinned, whatever the numbers say.",
        _ when !scored.Sound => "Not recommended: it may be luck.",
        _ when !scored.Seasonal => "Recommended.",
        _ => $"{(scored.SeasonMonths.Contains(month) ? "Recommended now" : "Not recommended now")}: it lives on a season, and is shown in its months only.",
    };

    private string Actionable(ScoredPair scored)
    {
        var thresholds = Text($"the shop's thresholds, a support of {_settings.MinSupport:P1} and a lift of {_settings.MinLift:0.0#}: it has {scored.Pair.Support:P2} and {scored.Pair.Lift:0.0#}");
        return $"It is {(scored.Pair.Support >= _settings.MinSupport && scored.Pair.Lift >= _settings.MinLift ? "over" : "not over")} {thresholds}.";
    }

    private static string Sound(ScoredPair scored) => Text(
        $"{(scored.Sound ? "Sound" : "Not sound")}: {scored.Pair.Both:N0} orders hold both where chance would bring {scored.Expected:N1}, a lift of {scored.Pair.Lift:0.0#} ({scored.LiftLow:0.0#} to {scored.LiftHigh:0.0#} at 95 %). ")
        + Text($"Of all pairs as sure as this at most {Share(scored.Q)} are luck; {ScoredPair.MostQ:P0} is the limit.");

    private static string Trend(PairTrend trend) => trend.Direction == TrendDirection.Steady
        ? Text($"Steady: among orders with either, the share with both didn't surely change ({trend.First:P1} to {trend.Last:P1} over the window).")
        : Text($"{trend.Direction}: among orders with either, the share with both went from {trend.First:P1} to {trend.Last:P1} over the window.");

    private string When(PairDelay delay) => delay.Customers == 0
        ? "No customer is known to have bought both: when is unknown."
        : Text($"{delay.Customers:N0} customers bought both, {1 - delay.LaterShare:P0} of them in one order first")
            + (delay.Days is { } days ? Text($"; the others typically {days} days apart{First(delay.Direction)}.") : ".");

    private string First(PairDirection direction) => direction switch
    {
        PairDirection.AFirst => $", usually {a.Name} first",
        PairDirection.BFirst => $", usually {b.Name} first",
        _ => "",
    };

    private string ByHand() => pair.Decision is { Verdict: not PairVerdict.Rejected } ? "Recommended: somebody made this pair by hand." : "Not recommended.";

    private string NotKept() => Text(
        $"Its numbers aren't kept: it was bought together fewer than {_settings.MinCount} times, or not surely more often than by chance, or each has {PairCandidates.PerProduct} partners that it is bought with more often. {a.Name} is in {a.Baskets:N0} orders, {b.Name} in {b.Baskets:N0}.");

    private string Decision() => pair.Decision is { } decision
        ? Text($"{decision.Verdict} by {decision.Author} on {decision.DecidedAt:yyyy-MM-dd}{(decision.Note is { Length: > 0 } note ? $": {note}" : "")}.")
        : "Nobody has decided about it.";

    private static string Place(TouchpointAdvice advice) => ExpansionJson.Word(advice.Touchpoint).Replace('_', ' ');

    private static string Share(double share) => share < 0.00001 ? "0.001 %" : share.ToString("P3", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
