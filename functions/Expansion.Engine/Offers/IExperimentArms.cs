using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Offers;

/// <summary>Tells which variation of a running experiment a customer gets at a touchpoint. Asked for every decision, so it must not read storage each time.</summary>
public interface IExperimentArms
{
    /// <summary>Null when no experiment there takes this customer in.</summary>
    /// <param name="userAgent">The customer's browser, where there is one: programs aren't taken in.</param>
    ValueTask<ExperimentArm?> FindAsync(ShopId shop, CustomerId customer, string? segment, string? userAgent, Touchpoint touchpoint, CancellationToken cancellationToken);
}

/// <param name="Propensity">The chance with which this customer was to get it: above 0 to 1.</param>
public sealed record ExperimentArm(string Experiment, string Variation, double Propensity)
{
    /// <summary>The variation's place in the experiment: 0 is control.</summary>
    public int Number { get; init; }

    /// <summary>The experiment has a holdout, so that it has to be known who isn't in it.</summary>
    public bool HasHoldout { get; init; }

    /// <summary>Is shown no offer at all.</summary>
    public bool Holdout { get; init; }

    /// <summary>What the offer is made with instead of the shop's own settings (ElementSettings names them); empty for control.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public override string ToString() => FormattableString.Invariant($"{Experiment}/{Variation}, with a chance of {Propensity:0.##}");
}
