using System.Text.Json;
using CsCheck;
using Expansion.Engine.Experiments.Assignment;
using Expansion.Engine.Experiments.Traffic;
using Expansion.Testing;

namespace Expansion.Engine.Tests.Experiments.Assignment;

public sealed class SplitTests
{
    private static readonly Layer Whole = new("cart");

    [Fact]
    public void Of_PublishedVectors_AreTheSame()
    {
        var path = SharedMaterial.Find("eval/assignment_vectors.json");
        Assert.SkipWhen(path is null, SharedMaterial.Missing);
        using var vectors = JsonDocument.Parse(File.ReadAllText(path!));
        foreach (var vector in vectors.RootElement.GetProperty("sha256_53").EnumerateArray())
        {
            Assert.Equal(vector.GetProperty("u").GetDouble(), AssignmentHash.Of(vector.GetProperty("salt").GetString()!, vector.GetProperty("unit").GetString()!));
        }

        foreach (var assignment in vectors.RootElement.GetProperty("assignments").EnumerateArray())
        {
            var split = SplitOf(assignment.GetProperty("experiment"));
            foreach (var result in assignment.GetProperty("results").EnumerateArray())
            {
                var expected = new Draw(Number(result, "slot"), Number(result, "u"), result.GetProperty("variation").GetInt32() is var v && v < 0 ? null : v);
                Assert.Equal(expected, split.Of(result.GetProperty("unit").GetString()));
            }
        }
    }

    [Fact]
    public void Of_MoreCoverage_AddsUnitsAndMovesNone() =>
        Gen.Select(Gen.Double[0.01, 0.99], Gen.Int[0, 1_000_000]).Sample((coverage, unit) =>
        {
            var before = new Split("exp", "1", [2, 1, 1], coverage, Whole).Of($"{unit}").Variation;
            var after = new Split("exp", "1", [2, 1, 1], 1, Whole).Of($"{unit}").Variation;

            Assert.True(before is null || before == after);
            Assert.NotNull(after);
        });

    [Theory]
    [InlineData(0.5, 0.1, 0)]
    [InlineData(0.5, 0.25, null)]
    [InlineData(0.5, 0.5, 1)]
    [InlineData(0.5, 0.75, null)]
    [InlineData(1.0, 0.999, 1)]
    [InlineData(0.0, 0.5, null)]
    public void VariationAt_Coverage_LeavesTheEndOfEachRangeOut(double coverage, double u, int? expected) =>
        Assert.Equal(expected, new Split("exp", "1", [1, 1], coverage, Whole).VariationAt(u));

    [Fact]
    public void Of_HundredThousandUnits_IsBalancedForEveryKey() => Assert.All(Enumerable.Range(0, 10), key =>
    {
        var split = new Split($"exp-{key}", "1", [1, 1], 1, Whole);
        var counts = new long[2];
        for (var unit = 0; unit < 100_000; unit++)
        {
            counts[split.Of($"{unit}").Variation!.Value]++;
        }

        Assert.True(SampleRatioTest.Of(counts, [1, 1]).PValue > 1e-4);
    });

    /// <summary>Keys that differ in a digit, which correlates in weaker hashes.</summary>
    [Fact]
    public void Of_NeighbouringKeys_AreIndependent()
    {
        const int Units = 20_000;
        var arms = Enumerable.Range(0, 12).Select(key =>
        {
            var split = new Split($"exp-{key}", "1", [1, 1], 1, Whole);
            return Enumerable.Range(0, Units).Select(unit => (2 * split.Of($"{unit}").Variation!.Value) - 1).ToArray();
        }).ToList();

        foreach (var (a, b) in arms.SelectMany((a, i) => arms.Skip(i + 1).Select(b => (a, b))))
        {
            // Four standard errors; 66 pairs.
            Assert.InRange(a.Zip(b, (x, y) => x * y).Average() * Math.Sqrt(Units), -4, 4);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Of_NoUnit_IsNeverAssigned(string? unit) => Assert.Equal(new Draw(null, null, null), new Split("exp", "1", [1, 1], 1, Whole).Of(unit));

    private static Split SplitOf(JsonElement experiment)
    {
        var layer = experiment.GetProperty("layer");
        return new(
            experiment.GetProperty("key").GetString()!,
            experiment.GetProperty("seed").GetString()!,
            [.. experiment.GetProperty("weights").EnumerateArray().Select(weight => weight.GetDouble())],
            experiment.GetProperty("coverage").GetDouble(),
            new(layer.GetProperty("name").GetString()!, layer.GetProperty("from").GetDouble(), layer.GetProperty("to").GetDouble()));
    }

    private static double? Number(JsonElement element, string name) => element.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
}
