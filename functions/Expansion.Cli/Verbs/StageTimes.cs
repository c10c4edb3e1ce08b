using System.Diagnostics;
using Expansion.Engine.Affinity;

namespace Expansion.Cli.Verbs;

/// <summary>How long each stage of a recompute takes, from the moment this is made, and the most memory the process had had at its end.</summary>
internal sealed class StageTimes
{
    private readonly List<(RecomputeStage Stage, TimeSpan At, long PeakBefore)> _begun = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public static long PeakMb()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 / 1_048_576;
    }

    public void Begin(RecomputeStage stage) => _begun.Add((stage, _watch.Elapsed, PeakMb()));

    /// <summary>The seconds of each stage; the last one ends now.</summary>
    public Dictionary<RecomputeStage, double> Seconds() => OfEach(begun => begun.At, _watch.Elapsed, (from, to) => Math.Round((to - from).TotalSeconds, 2));

    /// <summary>The peak in MB up to the end of each stage.</summary>
    public Dictionary<RecomputeStage, long> PeaksMb() => OfEach(begun => begun.PeakBefore, PeakMb(), (_, to) => to);

    private Dictionary<RecomputeStage, TOut> OfEach<TIn, TOut>(Func<(RecomputeStage Stage, TimeSpan At, long PeakBefore), TIn> value, TIn now, Func<TIn, TIn, TOut> between) => _begun
        .Zip(_begun.Skip(1).Select(value).Append(now), (begun, end) => (begun.Stage, Value: between(value(begun), end)))
        .ToDictionary(stage => stage.Stage, stage => stage.Value);
}
