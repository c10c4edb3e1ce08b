using System.Text;
using Expansion.Cli.Verbs;
using Expansion.Cli.Verbs.Mining;
using Expansion.Engine.Affinity.Mining;

namespace Expansion.Cli.Tests.Verbs;

public sealed class BenchMiningVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("expansion-mining-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("1 2 3\n2 3\n", "2 3 2")]
    [InlineData("3  2\t1 \r\n\r\n\n 2 3 2 3", "2 3 2")]
    [InlineData("10 2147483647\n2147483647 0010\n5", "10 2147483647 2")]
    [InlineData("16777215 16777216\n16777216 16777215\n", "16777215 16777216 2")]
    [InlineData("", "")]
    [InlineData("\n\r\n7\n7 7\n", "")]
    public void Run_FileWithOneBasketALine_WritesThePairsOfTwoBaskets(string text, string expected)
    {
        Assert.Equal(0, Run(text, 2, out var lines));
        Assert.Equal(expected, string.Join('|', lines));
    }

    /// <summary>Wherever a part of the file begins, each line is read once.</summary>
    [Theory]
    [InlineData("1 2\n1 2\n\n33 44\n1 2 33\n")]
    [InlineData("1 2\r\n1 2\r\n33 44")]
    public void Read_AnyNumberOfParts_IsTheSame(string text)
    {
        var path = Write(text);
        var expected = new PairCounter(BasketFile.Read(path, 1).Matrix, 1).ToList();

        Assert.NotEmpty(expected);
        Assert.All(Enumerable.Range(2, 30), threads => Assert.Equal(expected, new PairCounter(BasketFile.Read(path, threads).Matrix, 1).ToList()));
    }

    [Fact]
    public void Run_LinesLongerThanTheBuffer_AreCounted()
    {
        var line = string.Join(' ', Enumerable.Range(0, 60_000).Select(i => i % 700 * 1000));

        Assert.Equal(0, Run($"{line}\n1 2\n{line}", 2, out var lines));
        Assert.Equal(700 * 699 / 2, lines.Length);
        Assert.All(lines, pair => Assert.EndsWith(" 2", pair, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1 2\n3 x\n", 2)]
    [InlineData("1 2\n\n-3", 3)]
    [InlineData("2147483648\n", 1)]
    [InlineData("1\n99999999999999999999999\n", 2)]
    public void Read_SomethingElseInTheFile_NamesTheLine(string text, int line) =>
        Assert.Contains($", line {line}:", Assert.Throws<FormatException>(() => BasketFile.Read(Write(text), 1)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData]
    [InlineData("--baskets")]
    [InlineData("--baskets", "no such file", "--min-count", "1")]
    [InlineData("--baskets", "f", "--min-count", "0")]
    [InlineData("--baskets", "f", "--min-count", "1.5")]
    [InlineData("--baskets", "f", "--max-count", "1")]
    public void Run_WrongArguments_FailsWithOne(params string[] args) => Assert.Equal(1, BenchMiningVerb.Run(args));

    private int Run(string text, int minCount, out string[] lines)
    {
        var pairs = Path.Combine(_folder, "pairs.txt");
        var exit = BenchMiningVerb.Run(["--baskets", Write(text), "--min-count", $"{minCount}", "--out", pairs, "--threads", "3"]);
        lines = File.ReadAllLines(pairs);
        return exit;
    }

    private string Write(string text)
    {
        var path = Path.Combine(_folder, "baskets.txt");
        File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return path;
    }
}
