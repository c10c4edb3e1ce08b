using System.Diagnostics;
using System.Globalization;
using Expansion.Cli.Verbs.Mining;
using Expansion.Engine.Affinity.Mining;

namespace Expansion.Cli.Verbs;

/// <summary>
/// <c>expansion bench mining --baskets FILE --min-count N [--out FILE]</c>: counts the pairs of a file with one basket a line and writes <c>a b count</c> lines.
/// It is measured as a whole command against others on inputs that take 0.1 s, so it parses its own three options and touches nothing of the app.
/// </summary>
internal static class BenchMiningVerb
{
    private const string Usage = "usage: expansion bench mining --baskets FILE --min-count N [--out FILE] [--threads N]";

    public static int Run(ReadOnlySpan<string> args)
    {
        string? baskets = null, output = null;
        var (minCount, threads) = (0, Environment.ProcessorCount);
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            var known = args[i] switch
            {
                "--baskets" => (baskets = value).Length > 0,
                "--out" => (output = value).Length > 0,
                "--min-count" => int.TryParse(value, NumberStyles.None, NumberFormatInfo.InvariantInfo, out minCount),
                "--threads" => int.TryParse(value, NumberStyles.None, NumberFormatInfo.InvariantInfo, out threads),
                _ => false,
            };
            if (!known)
            {
                return Fail($"'{args[i]} {value}' isn't understood. {Usage}");
            }
        }

        if (baskets is null || minCount < 1 || threads < 1)
        {
            return Fail($"A file of baskets and a minimum count of at least 1 are needed. {Usage}");
        }

        try
        {
            Run(baskets, minCount, output, threads);
            return 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            return Fail(error.Message);
        }
    }

    private static void Run(string path, int minCount, string? output, int threads)
    {
        var start = Stopwatch.GetTimestamp();
        var read = BasketFile.Read(path, threads);
        var readSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        var counter = new PairCounter(read.Matrix, minCount, threads, takeBaskets: true);
        var ids = read.Ids;
        read = null;
        var pairs = 0L;
        using var standardOutput = Console.OpenStandardOutput();
        using (var file = output is null ? null : new FileStream(output, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0))
        {
            var target = file ?? standardOutput;
            counter.Count(counter.All, block => PairText.Format(block, ids), text => Write(text), CancellationToken.None);

            void Write(PairText text)
            {
                pairs += text.Pairs;
                text.WriteTo(target);
            }
        }

        var totalSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        using var self = Process.GetCurrentProcess();
        standardOutput.Write(System.Text.Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"read_s":{{readSeconds:F3}},"count_s":{{totalSeconds - readSeconds:F3}},"total_s":{{totalSeconds:F3}},"pairs":{{pairs}},"peak_rss_mb":{{self.PeakWorkingSet64 / 1048576.0:F1}}}""") + "\n"));
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
