namespace Expansion.Engine.Timing.Suppressions;

/// <summary>A few customers are shown nothing, so that it can be told what offers bring in.</summary>
internal sealed class HoldoutSuppression : ISuppression
{
    public string Name => TimingSuppressions.Holdout;

    public Suppression? Check(TimingContext context) =>
        context.Arm is { Holdout: true } arm ? this.Because($"The customer is in the holdout of the experiment {arm.Experiment}: shown no offer at all.") : null;
}
