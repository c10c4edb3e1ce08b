using System.Globalization;

namespace Expansion.Engine.Experiments.Verdicts;

public enum VerdictKind
{
    Winner,
    Loser,
    NoDifference,
    NotYet,
    Broken,
}

/// <summary>The decision as people say it.</summary>
/// <param name="MoreConversions">Until the planned end at the latest, both arms of the comparison together; 0 once it is decided.</param>
/// <param name="MoreDays">The same, at the present rate; null when nobody comes.</param>
public sealed record Verdict(VerdictKind Kind, string Words, long MoreConversions = 0, int? MoreDays = 0)
{
    /// <param name="names">Of control and each treatment.</param>
    public static Verdict Of(Decision decision, DecisionSettings settings, int days, ArmReading control, IReadOnlyList<ArmReading> treatments, IReadOnlyList<string> names)
    {
        var arm = decision.Winner is { } winner ? winner : decision.Arms.Select((candidate, i) => (candidate.Status, i)).FirstOrDefault(candidate => candidate.Status == decision.Status).i;
        var judged = decision.Arms.Count > 0 ? decision.Arms[arm] : null;
        var name = judged is null ? "" : names[arm + 1];
        return decision.Status switch
        {
            DecisionStatus.Winner => new(VerdictKind.Winner, $"{name} wins: {Change(judged!)}"),
            DecisionStatus.ProvisionalWinner => new(
                VerdictKind.Winner, $"{name} wins for now: {Change(judged!)} Keep 5 to 10 % of the visitors on {names[0]} until {Guards(judged!)} can be judged."),
            DecisionStatus.RejectedGuardrail => new(VerdictKind.Loser, $"{name} isn't worth it: {Change(judged!)} But it harms: {Guards(judged!)}."),
            DecisionStatus.Loser => new(VerdictKind.Loser, $"{name} loses to {names[0]}: {Change(judged!)}"),
            DecisionStatus.Futility or DecisionStatus.Inconclusive => new(
                VerdictKind.NoDifference, string.Create(CultureInfo.InvariantCulture, $"No difference worth having: if there is one, it is below the planned {settings.Mde:P0}. Keep {names[0]}.")),
            DecisionStatus.NoData => new(VerdictKind.Broken, "Broken: an arm has no visitors."),
            DecisionStatus.InvalidSrm => new(
                VerdictKind.Broken,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Broken: the traffic isn't split as configured (p = {decision.SrmPValue:G2}), so nobody knows who is missing. Find out why and start anew.")),
            _ => NotYet(decision, settings, days, control, treatments),
        };
    }

    private static string Change(ArmDecision arm) => string.Create(
        CultureInfo.InvariantCulture,
        $"{arm.Lift:+0.0 %;-0.0 %;0.0 %} ({arm.Interval?.Low:+0.0##;-0.0##;0} to {arm.Interval?.High:+0.0##;-0.0##;0} at all looks together), {1 - arm.PValue:P1} confidence.");

    private static string Guards(ArmDecision arm) => string.Join(", ", arm.Reasons.Select(reason => reason[(reason.IndexOf(':', StringComparison.Ordinal) + 1)..]));

    /// <summary>What the treatment that is furthest from its end still needs: the floor of conversions, the days, and the planned information.</summary>
    private static Verdict NotYet(Decision decision, DecisionSettings settings, int days, ArmReading control, IReadOnlyList<ArmReading> treatments)
    {
        var test = settings.TestOf(treatments.Count);
        var more = 0L;
        foreach (var treatment in treatments.Where((_, i) => decision.Arms[i].Status == DecisionStatus.Collecting))
        {
            var (a, b) = (control.Conversions.Conversions, treatment.Conversions.Conversions);
            var toFloor = Math.Max(0, settings.MinConversions - a) + Math.Max(0, settings.MinConversions - b);
            var fraction = (settings.PlannedMean is null
                ? test.Look(control.Conversions, treatment.Conversions, 0)
                : test.Look(control.RevenueStatistic, treatment.RevenueStatistic, 0)).Fraction ?? 0;
            var toEnd = fraction > 0 ? (a + b) * Math.Max(0, (1 / fraction) - 1) : 0;
            more = Math.Max(more, Math.Max(toFloor, (long)Math.Ceiling(Math.Min(toEnd, long.MaxValue / 2))));
        }

        var conversions = control.Conversions.Conversions + treatments.Max(treatment => treatment.Conversions.Conversions);
        int? moreDays = more == 0 ? 0 : conversions == 0 ? null : (int)Math.Min(3650, Math.Ceiling(more / ((double)conversions / Math.Max(1, days))));
        moreDays = moreDays is { } known ? Math.Max(known, settings.MinDays - days) : null;
        var until = moreDays is { } left ? $"{left} days at the present rate" : "nobody converts yet, so no day can be named";
        return new(VerdictKind.NotYet, string.Create(CultureInfo.InvariantCulture, $"Not yet: at most {more} more conversions, {until}. It may well end sooner."), more, moreDays);
    }
}
