namespace Expansion.Engine.Timing.Suppressions;

/// <summary>The shop has taken the app out: its customers aren't ours to speak to.</summary>
internal sealed class UninstalledSuppression : ISuppression
{
    public string Name => TimingSuppressions.Uninstalled;

    public Suppression? Check(TimingContext context) =>
        context.Shop.UninstalledAt is { } at ? this.Because($"The shop uninstalled the app on {context.DayOf(at):yyyy-MM-dd}.") : null;
}
