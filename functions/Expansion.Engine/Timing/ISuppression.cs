namespace Expansion.Engine.Timing;

/// <summary>A reason to stay silent, whatever the occasion.</summary>
public interface ISuppression
{
    string Name { get; }

    /// <summary>Null when nothing speaks against an offer.</summary>
    Suppression? Check(TimingContext context);
}

/// <param name="Reason">One sentence.</param>
/// <param name="Until">When it ends by itself; null when only something that happens can end it.</param>
public sealed record Suppression(string Name, string Reason, DateTimeOffset? Until);

internal static class SuppressionAnswers
{
    public static Suppression Because(this ISuppression suppression, FormattableString reason, DateTimeOffset? until = null) =>
        new(suppression.Name, FormattableString.Invariant(reason), until);
}
