using Expansion.Engine.Affinity.Soundness;

namespace Expansion.Engine.Tests.Affinity.Soundness;

public sealed class FalseDiscoveryTests
{
    private static readonly double[] Published = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1];

    /// <summary>
    /// The fifteen p-values of Benjamini and Hochberg (1995), section 4.1. statsmodels 0.13.5: multipletests(p, method='fdr_bh')[1]; R: p.adjust(p, "BH").
    /// </summary>
    [Fact]
    public void Of_ThePublishedExample_EqualsStatsmodels()
    {
        double[] expected =
        [
            0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714286, 0.06385714286, 0.0645, 0.0765, 0.486, 0.5811818182, 0.714875, 0.7532307692, 0.8132142857, 1,
        ];
        var discovery = new FalseDiscovery();
        foreach (var p in Published.Reverse())
        {
            discovery.Add(Of(p));
        }

        var q = discovery.ToQValues(15);

        Assert.All(Published.Zip(expected), pair => Assert.Equal(pair.Second, q.Of(Of(pair.First)).Value, 1e-9));
    }

    /// <summary>statsmodels 0.13.5: multipletests([1e-300, 1e-10, .01, .01, .01] + [1] * 95, method='fdr_bh')[1].</summary>
    [Fact]
    public void Of_TiesAndPairsNeverSeen_EqualsStatsmodels()
    {
        var discovery = new FalseDiscovery();
        foreach (var p in new[] { 1e-10, 0.01, 1e-300, 0.01, 0.01 })
        {
            discovery.Add(Of(p));
        }

        var q = discovery.ToQValues(100);

        Assert.Equal(-298, q.Of(Of(1e-300)).Log10, 1e-9);
        Assert.Equal(5e-9, q.Of(Of(1e-10)).Value, 1e-15);
        Assert.Equal(0.2, q.Of(Of(0.01)).Value, 1e-9);
        Assert.Equal(1, q.Of(LogProbability.One).Value);
    }

    [Fact]
    public void Of_FarBelowTheSmallestDouble_StillTellsThemApart()
    {
        var discovery = new FalseDiscovery();
        discovery.Add(new LogProbability(-20_000));
        discovery.Add(new LogProbability(-10_000));

        var q = discovery.ToQValues(1000);

        Assert.Equal(-20_000 + Math.Log(1000), q.Of(new LogProbability(-20_000)).Ln, 1e-9);
        Assert.Equal(-10_000 + Math.Log(500), q.Of(new LogProbability(-10_000)).Ln, 1e-9);
    }

    [Fact]
    public void Add_MorePValuesThanRoom_RoundsQUpwardByLittle()
    {
        var random = new Random(3);
        var all = Enumerable.Range(0, 200_000).Select(i => new LogProbability(i % 10 == 0 ? -40 * random.NextDouble() : Math.Log(1 - random.NextDouble()))).ToArray();
        var (exact, small) = (new FalseDiscovery(), new FalseDiscovery(50_000));
        foreach (var p in all)
        {
            exact.Add(p);
            small.Add(p);
        }

        var (q, rounded) = (exact.ToQValues(500_000), small.ToQValues(500_000));

        Assert.All(all, p => Assert.InRange(rounded.Of(p).Ln - q.Of(p).Ln, -1e-12, 0.005));
    }

    [Fact]
    public void Add_PartsCountedApart_EqualsCountingTogether()
    {
        var (whole, left, right) = (new FalseDiscovery(), new FalseDiscovery(), new FalseDiscovery());
        for (var i = 0; i < Published.Length; i++)
        {
            whole.Add(Of(Published[i]));
            (i % 3 == 0 ? left : right).Add(Of(Published[i]));
        }

        left.Add(right);

        var (expected, actual) = (whole.ToQValues(40), left.ToQValues(40));
        Assert.All(Published, p => Assert.Equal(expected.Of(Of(p)), actual.Of(Of(p))));
    }

    [Fact]
    public void TestsAmong_OneThousandProducts_IsEveryPairOfThem()
    {
        Assert.Equal(499_500, FalseDiscovery.TestsAmong(1000));
        Assert.Equal(0, FalseDiscovery.TestsAmong(1));
        Assert.Equal(0, FalseDiscovery.TestsAmong(0));
    }

    private static LogProbability Of(double p) => new(Math.Log(p));
}
