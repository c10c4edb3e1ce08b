namespace Expansion.Engine.Experiments.Assignment;

/// <summary>Who is to be assigned.</summary>
/// <param name="Unit">The customer, or the browser where nobody is logged in. Empty: nobody we could recognise again.</param>
public sealed record Visitor(string? Unit)
{
    public string? UserAgent { get; init; }

    /// <summary>Works for the shop.</summary>
    public bool Staff { get; init; }

    public string? Segment { get; init; }

    /// <summary>What they were given at their first exposure, which they keep.</summary>
    public int? Exposed { get; init; }
}
