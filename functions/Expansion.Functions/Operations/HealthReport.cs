using Expansion.Engine;
using Expansion.Engine.Operations;

namespace Expansion.Functions.Operations;

/// <summary>From good to bad.</summary>
public enum HealthState
{
    Ready,

    /// <summary>Requests are answered, from what is older or less than it should be.</summary>
    Stale,

    /// <summary>Requests can't be answered.</summary>
    Broken,
}

/// <param name="Check">storage, affinity or poison.</param>
/// <param name="Says">A sentence for whoever runs the app; it may name shops.</param>
public sealed record HealthFinding(string Check, HealthState State, string Says);

/// <param name="OldestAffinity">The age of the oldest published generation of any shop; null before the first.</param>
public sealed record HealthReport(IReadOnlyList<HealthFinding> Findings, IReadOnlyList<PoisonQueue> Poison, TimeSpan? OldestAffinity)
{
    public HealthState State => Findings.Max(finding => finding.State);

    /// <summary>The worst of each check, for everybody to see.</summary>
    public IReadOnlyDictionary<string, string> Checks => Findings.GroupBy(finding => finding.Check)
        .ToDictionary(check => check.Key, check => ExpansionJson.Word(check.Max(finding => finding.State)));
}
