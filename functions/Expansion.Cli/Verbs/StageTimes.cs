using System.Diagnostics;
using Expansion.Engine.Affinity;

namespace Expansion.Cli.Verbs;

/// <summary>How long each stage of a recompute takes, from the moment this is made.</summary>
internal sealed class StageTimes
{
    private readonly List<(RecomputeStage Stage, TimeSpan At)> _begun = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public void Begin(RecomputeStage stage) => _begun.Add((stage, _watch.Elapsed));

    /// <summary>The seconds of each stage; the last one ends now.</summary>
    public Dictionary<RecomputeStage, double> Seconds() => _begun
        .Zip(_begun.Skip(1).Select(begun => begun.At).Append(_watch.Elapsed))
        .ToDictionary(stage => stage.First.Stage, stage => Math.Round((stage.Second - stage.First.At).TotalSeconds, 2));
}
