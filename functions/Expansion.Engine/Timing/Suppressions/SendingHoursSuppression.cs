using Expansion.Engine.Offers;

namespace Expansion.Engine.Timing.Suppressions;

/// <summary>What goes out by itself goes out in the shop's sending hours.</summary>
internal sealed class SendingHoursSuppression : ISuppression
{
    public string Name => TimingSuppressions.SendingHours;

    public Suppression? Check(TimingContext context)
    {
        var manners = context.Settings.Manners;
        if (!context.Touchpoint.IsPushed())
        {
            return null;
        }

        var today = context.Today;
        var (opens, closes) = (context.At(today, manners.SendFromHour), context.At(today, manners.SendUntilHour));
        return context.Now < opens ? this.Because($"Offers are sent from {manners.SendFromHour}:00 on.", opens)
            : context.Now >= closes ? this.Because($"Offers are sent until {manners.SendUntilHour}:00.", context.At(today.AddDays(1), manners.SendFromHour))
            : null;
    }
}
