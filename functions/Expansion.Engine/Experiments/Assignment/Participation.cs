namespace Expansion.Engine.Experiments.Assignment;

/// <summary>The variation a visitor gets, or why none.</summary>
/// <param name="Variation">From 0, control.</param>
/// <param name="Propensity">The chance with which this visitor was to get it.</param>
/// <param name="Holdout">Is shown no offer at all.</param>
public sealed record Participation(int? Variation, double Propensity, string? Reason, bool Holdout = false)
{
    /// <summary>The same visitor gets the same answer on every host and every day. What was given at first exposure stays.</summary>
    /// <param name="propensities">A bandit's chances of now; null for the experiment's own weights.</param>
    public static Participation Of(Experiment experiment, Visitor visitor, IReadOnlyList<double>? propensities = null)
    {
        var definition = experiment.Definition;
        if (experiment.Status != ExperimentStatus.Running)
        {
            return None("The experiment isn't running.");
        }

        if (string.IsNullOrEmpty(visitor.Unit))
        {
            return None("The visitor has no id.");
        }

        if (visitor.Staff)
        {
            return None("Staff aren't counted.");
        }

        if (BotAgents.IsBot(visitor.UserAgent))
        {
            return None("A program, not a person.");
        }

        if (definition.Segments.Count > 0 && !definition.Segments.Contains(visitor.Segment ?? ""))
        {
            return None("Not of the segments the experiment is for.");
        }

        // After the segments, so that those who are held out are like those who aren't.
        if (AssignmentHash.Of("holdout", visitor.Unit) < definition.Holdout)
        {
            return new(null, 0, "In the holdout: shown no offer at all.", Holdout: true);
        }

        var split = propensities is null ? definition.Split : definition.Split with { Weights = propensities };
        var total = split.Weights.Sum();
        if (visitor.Exposed is { } exposed && exposed < split.Weights.Count)
        {
            return new(exposed, split.Weights[exposed] / total, null);
        }

        var draw = split.Of(visitor.Unit);
        return draw switch
        {
            { Variation: { } variation } => new(variation, split.Weights[variation] / total, null),
            { U: null } => None("Belongs to another test at this touchpoint."),
            _ => None("Outside the share of visitors that takes part."),
        };

        static Participation None(string reason) => new(null, 0, reason);
    }
}
