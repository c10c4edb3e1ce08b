using Expansion.Cli.Fuzzing;

namespace Expansion.Cli.Tests;

public sealed class FuzzTests
{
    private static readonly FuzzTarget Fragile = new("fragile", ["abcdef"u8.ToArray()], input =>
    {
        if (input.Contains((byte)'{'))
        {
            throw new InvalidOperationException("a brace");
        }
    });

    [Fact]
    public async Task Run_OfEveryParserOfTheApp_CrashesNone()
    {
        await using var app = CliApp.WithoutStorage();

        var targets = FuzzTargets.Create(app).ToList();
        var report = Fuzzer.Run(targets, seed: 7, runs: 2_000, TimeSpan.FromMinutes(5), null, default);

        Assert.All(report.Runs, target => Assert.Equal((target.Key, 2_000), (target.Key, target.Value)));
        Assert.Empty(report.Crashes);
    }

    [Fact]
    public async Task Seeds_OfEveryTarget_AreInputsThatParsersTakeFar()
    {
        await using var app = CliApp.WithoutStorage();

        Assert.All(FuzzTargets.Create(app), target => Assert.All(target.Seeds, seed => target.Run(seed)));
    }

    [Fact]
    public void Run_ParserThatCrashes_IsReportedAndCanBeRunAgain()
    {
        var report = Fuzzer.Run([Fragile], seed: 1, runs: 5_000, TimeSpan.FromMinutes(5), null, default);

        var crash = report.Crashes[0];
        Assert.Contains("a brace", crash.Reason, StringComparison.Ordinal);
        Assert.Equal(crash.Input, Fuzzer.RunOnce(Fragile, 1, crash.Run)!.Input);
        Assert.Contains((byte)'{', Convert.FromBase64String(crash.Input));
    }

    [Fact]
    public void Run_OtherSeed_TriesOtherInputs() => Assert.NotEqual(
        Enumerable.Range(0, 50).Select(run => Fuzzer.RunOnce(Fragile, 1, run)?.Input),
        Enumerable.Range(0, 50).Select(run => Fuzzer.RunOnce(Fragile, 2, run)?.Input));
}
