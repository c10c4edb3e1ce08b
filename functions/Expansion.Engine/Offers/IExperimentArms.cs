using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Offers;

/// <summary>Tells which variation of a running experiment a customer gets at a touchpoint. Asked for every decision, so it must not read storage each time.</summary>
public interface IExperimentArms
{
    /// <summary>Null when no experiment there takes this customer in.</summary>
    ValueTask<ExperimentArm?> FindAsync(ShopId shop, CustomerId customer, string? segment, Touchpoint touchpoint, CancellationToken cancellationToken);
}

/// <summary>Nothing is tried out.</summary>
public sealed class NoExperiments : IExperimentArms
{
    public ValueTask<ExperimentArm?> FindAsync(ShopId shop, CustomerId customer, string? segment, Touchpoint touchpoint, CancellationToken cancellationToken) => default;
}

/// <param name="Propensity">The chance with which this customer was to get it: above 0 to 1.</param>
public sealed record ExperimentArm(string Experiment, string Variation, double Propensity)
{
    /// <summary>Is shown no offer at all.</summary>
    public bool Holdout { get; init; }

    /// <summary>What the offer is made with instead of the shop's own settings (ElementSettings names them); empty for control.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public override string ToString() => FormattableString.Invariant($"{Experiment}/{Variation}, with a chance of {Propensity:0.##}");
}
