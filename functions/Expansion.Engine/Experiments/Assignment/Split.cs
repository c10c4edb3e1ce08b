namespace Expansion.Engine.Experiments.Assignment;

/// <summary>A part of a touchpoint's visitors, from inclusive to exclusive, of 0 to 1. Tests that run at one touchpoint have layers that don't overlap.</summary>
public sealed record Layer(string Name, double From = 0, double To = 1)
{
    public bool Overlaps(Layer other) => Name == other.Name && From < other.To && other.From < To;
}

/// <summary>Who takes part in an experiment, and in which variation.</summary>
/// <param name="Seed">A follow-up test needs another one, or the former groups carry over.</param>
/// <param name="Weights">Of control and each treatment; normalised.</param>
/// <param name="Coverage">Share of the layer that takes part, 0 to 1. Raising it adds visitors and moves none.</param>
public sealed record Split(string Key, string Seed, IReadOnlyList<double> Weights, double Coverage, Layer Layer)
{
    /// <summary>Two independent draws: one for who takes part, one for the variation.</summary>
    public Draw Of(string? unit)
    {
        if (string.IsNullOrEmpty(unit))
        {
            return new(null, null, null);
        }

        var slot = AssignmentHash.Of($"layer:{Layer.Name}", unit);
        if (slot < Layer.From || slot >= Layer.To)
        {
            return new(slot, null, null);
        }

        var u = AssignmentHash.Of($"exp:{Key}:{Seed}", unit);
        return new(slot, u, VariationAt(u));
    }

    /// <summary>The range [start, start + coverage · weight) that holds u; starts stay where they are whatever the coverage.</summary>
    internal int? VariationAt(double u)
    {
        var (sum, start) = (Weights.Sum(), 0.0);
        for (var i = 0; i < Weights.Count; i++)
        {
            var weight = Weights[i] / sum;
            if (u >= start && u < start + (Coverage * weight))
            {
                return i;
            }

            start += weight;
        }

        return null;
    }
}

/// <param name="Slot">Where the unit lies in the layer; null without a unit.</param>
/// <param name="U">Where it lies in the experiment; null outside the layer.</param>
/// <param name="Variation">From 0, control; null: not in the test.</param>
public sealed record Draw(double? Slot, double? U, int? Variation);
