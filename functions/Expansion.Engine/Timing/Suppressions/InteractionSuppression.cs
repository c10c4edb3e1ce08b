namespace Expansion.Engine.Timing.Suppressions;

/// <summary>One suggestion an interaction, and one a session.</summary>
internal sealed class InteractionSuppression : ISuppression
{
    public string Name => TimingSuppressions.Interaction;

    public Suppression? Check(TimingContext context) =>
        context.Interaction is { } interaction && context.Customer.Offers.Made.Exists(made => made.Interaction == interaction) ? this.Because($"This interaction has had its suggestion.")
        : context.Session is { } session && context.Customer.Offers.Made.Count(made => made.Session == session) >= context.Settings.Manners.PerSession ? this.Because($"This session has had its suggestion.")
        : null;
}
