using System.Diagnostics;

namespace Expansion.Cli.Fuzzing;

/// <param name="Input">What it was given, in Base64.</param>
internal sealed record FuzzCrash(string Target, long Run, string Input, string Reason);

/// <summary>How often each target ran, and what crashed it.</summary>
internal sealed record FuzzReport(IReadOnlyDictionary<string, long> Runs, IReadOnlyList<FuzzCrash> Crashes);

/// <summary>
/// Runs every target on changed seeds. A run is made by the seed, the target and its number alone, so any can be made again. An exception that the parser
/// doesn't promise is a crash, and so is a run that takes ten seconds for 8 KiB.
/// </summary>
internal static class Fuzzer
{
    private const int Batch = 500;
    private const int MostCrashes = 20;
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(10);

    /// <summary>Until <paramref name="runs"/> of each target are done, or time is up.</summary>
    /// <param name="tell">Told now and then how many runs there were and how many are to come; null for nobody.</param>
    public static FuzzReport Run(IReadOnlyList<FuzzTarget> targets, int seed, long runs, TimeSpan time, Action<long, long>? tell, CancellationToken cancellationToken)
    {
        var (start, crashes) = (Stopwatch.GetTimestamp(), new List<FuzzCrash>());
        var done = targets.ToDictionary(target => target.Name, _ => 0L);
        var open = targets.ToList();
        while (open.Count > 0 && Stopwatch.GetElapsedTime(start) < time && !cancellationToken.IsCancellationRequested)
        {
            Parallel.ForEach(open, target =>
            {
                for (var run = done[target.Name]; run < Math.Min(done[target.Name] + Batch, runs); run++)
                {
                    if (RunOnce(target, seed, run) is { } crash)
                    {
                        lock (crashes)
                        {
                            crashes.Add(crash);
                        }
                    }
                }
            });
            foreach (var target in open)
            {
                done[target.Name] = Math.Min(done[target.Name] + Batch, runs);
            }

            tell?.Invoke(done.Values.Sum(), open.Sum(target => runs - done[target.Name]));
            open.RemoveAll(target => done[target.Name] == runs || crashes.Count(crash => crash.Target == target.Name) >= MostCrashes);
        }

        return new(done, crashes);
    }

    internal static FuzzCrash? RunOnce(FuzzTarget target, int seed, long run)
    {
        var input = new Mutator(new Random(HashCode(seed, target.Name, run))).Change(target.Seeds);
        var start = Stopwatch.GetTimestamp();
        try
        {
            target.Run(input);
            return Stopwatch.GetElapsedTime(start) < TooLong ? null : Crash($"took {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
        }
        catch (Exception exception)
        {
            return Crash(exception.ToString());
        }

        FuzzCrash Crash(string reason) => new(target.Name, run, Convert.ToBase64String(input), reason);
    }

    /// <summary>The same on every machine and in every process, which System.HashCode isn't (FNV-1a).</summary>
    private static int HashCode(int seed, string name, long run)
    {
        var hash = 2166136261u;
        foreach (var part in $"{seed}/{name}/{run}")
        {
            hash = unchecked((hash ^ part) * 16777619u);
        }

        return unchecked((int)hash);
    }
}
