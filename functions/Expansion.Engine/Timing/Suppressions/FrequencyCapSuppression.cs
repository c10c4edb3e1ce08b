using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Timing.Suppressions;

/// <summary>No more offers than the caps allow, by the shop's own days. A cap that is reached ends when the oldest offer it counts is old enough.</summary>
internal sealed class FrequencyCapSuppression : ISuppression
{
    public string Name => TimingSuppressions.FrequencyCap;

    public Suppression? Check(TimingContext context)
    {
        var (manners, place) = (context.Settings.Manners, context.Touchpoint);
        return Check(context, manners.PerDay, 1, null, "day") ?? Check(context, manners.PerWeek, 7, null, "week") ?? Check(context, manners.PerMonth, 30, null, "month")
            ?? (manners.PerTouchpointAndWeek.TryGetValue(place, out var most) ? Check(context, most, 7, place, "week") : null);
    }

    private Suppression? Check(TimingContext context, int most, int days, Touchpoint? place, string period)
    {
        var first = context.Today.AddDays(1 - days);
        var counted = context.Customer.Offers.Made.Where(made => context.DayOf(made.At) >= first && (place is null || made.Touchpoint == place)).ToList();
        if (counted.Count < most)
        {
            return null;
        }

        var until = most == 0 ? (DateTimeOffset?)null : context.At(context.DayOf(counted[^most].At).AddDays(days), 0);
        return this.Because($"{counted.Count} offers{(place is null ? "" : $" at {place}")} this {period}, {most} are allowed.", until);
    }
}
