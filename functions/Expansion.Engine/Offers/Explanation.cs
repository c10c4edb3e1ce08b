using System.Globalization;

namespace Expansion.Engine.Offers;

/// <summary>A ledger entry in words, for who has to answer "why did I get this?" or "why didn't I?".</summary>
public static class Explanation
{
    public static IReadOnlyList<string> InWords(this Decision decision) =>
    [
        decision.Offer is { } offer
            ? Text($"On {decision.At:yyyy-MM-dd HH:mm} UTC, {offer.Title ?? offer.Target} was offered to {decision.Customer} at {decision.Touchpoint}: {decision.Reason}")
            : Text($"On {decision.At:yyyy-MM-dd HH:mm} UTC, nothing was offered to {decision.Customer} at {decision.Touchpoint}: {decision.Reason}"),
        .. decision.Offer is { } made ? new[] { $"From this side: {made.Angle}. {made.Because}" } : [],
        .. decision.Offer is { Gains.Count: > 0 } upsell ? new[] { $"It adds {string.Join(", ", upsell.Gains)}." } : [],
        .. decision.Presentation is { } words ? new[] { $"It read: {words.Headline} {words.Body}" } : [],
        .. decision.PresentationRefusals.Select(refusal => $"It was shown without words: {refusal}."),
        .. decision.Facts.Select(fact => $"Known then: {fact.Name} = {fact.Value}"),
        .. decision.Triggers.Select(trigger => $"{(trigger.Fired ? "For it" : "No occasion")}, {trigger.Trigger}: {trigger.Reason}"),
        .. decision.Rules.Select(rule => $"{(rule.Fired ? "For it" : "No occasion")}, rule {rule.Rule} (version {rule.Version}): {rule.Sentence}"),
        .. decision.Suppressions.Select(suppression => Text($"Against it, {suppression.Name}: {suppression.Reason}{(suppression.Until is { } until ? $" Until {until:yyyy-MM-dd HH:mm} UTC." : "")}")),
        .. decision.Candidates.Select(candidate => Text($"Could be offered: {candidate.Target} ({candidate.Kind}, {candidate.Source}, score {candidate.Score:0.00}). {candidate.Refusal ?? "Nothing speaks against it."}")),
        .. decision.AgainAt is { } again ? new[] { Text($"Looked at again on {again:yyyy-MM-dd HH:mm} UTC.") } : [],
        .. Became(decision),
        $"Decided with rules {decision.Sources.Rules}, model {decision.Sources.Model ?? "none"}, experiment arm {decision.Sources.Arm?.ToString() ?? "none"}.",
    ];

    private static IEnumerable<string> Became(Decision decision) =>
        new[] { ("seen", decision.Made?.ShownAt), ("clicked", decision.Made?.ClickedAt), ("rejected", decision.Made?.DismissedAt), ("complained about", decision.Made?.ComplainedAt), ("taken", decision.Made?.ConvertedAt) }
            .Where(step => step.Item2 is not null).Select(step => Text($"It was {step.Item1} on {step.Item2:yyyy-MM-dd HH:mm} UTC."));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
