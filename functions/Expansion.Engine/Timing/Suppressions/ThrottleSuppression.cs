namespace Expansion.Engine.Timing.Suppressions;

/// <summary>A touchpoint that too many customers are annoyed by is used for a part of them only, another part every day.</summary>
internal sealed class ThrottleSuppression : ISuppression
{
    public string Name => TimingSuppressions.Throttle;

    public Suppression? Check(TimingContext context) =>
        context.Shop.Throttles.TryGetValue(Timing.Throttle.KeyOf(context.Touchpoint), out var throttle) && !throttle.LetsThrough(context.Customer.Customer, context.Today)
            ? this.Because($"{throttle.Reason}", context.At(context.Today.AddDays(1), 0))
            : null;
}
