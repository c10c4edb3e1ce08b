using System.Globalization;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Offers;

/// <summary>A decision in one line, for looking through all of a shop's.</summary>
/// <param name="Offered">What was offered; null for a silence.</param>
/// <param name="Silence">The first thing that kept us silent; null for an offer.</param>
public sealed record LedgerLine(string Id, DateTimeOffset At, CustomerId Customer, Touchpoint Touchpoint, string? Offered, string? Title, string Reason, string? Silence)
{
    private const string NothingToOffer = "nothing_to_offer";

    public static LedgerLine Of(Decision decision) => new(
        decision.Id, decision.At, decision.Customer, decision.Touchpoint, decision.Offer?.Target, decision.Offer?.Title, decision.Reason,
        decision.Offer is not null ? null : decision.Suppressions is [var first, ..] ? first.Name : NothingToOffer);

    /// <summary>The UTC day of a decision, by its id (<see cref="Decision.IdOf"/>); null when the text is no id.</summary>
    public static DateOnly? DayOf(string id) =>
        id.Length > 16 && long.TryParse(id.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var left)
            && DateTimeOffset.MaxValue.UtcTicks - left is var ticks && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? DateOnly.FromDateTime(new DateTime(ticks, DateTimeKind.Utc))
            : null;
}
