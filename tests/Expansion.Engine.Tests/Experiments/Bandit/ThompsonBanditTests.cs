using CsCheck;
using Expansion.Engine.Experiments.Bandit;
using Expansion.Engine.Experiments.Statistics;
using Expansion.Engine.Samples;

namespace Expansion.Engine.Tests.Experiments.Bandit;

public sealed class ThompsonBanditTests
{
    [Fact]
    public void Propensities_AnyArms_AddUpToOneAndKeepTheFloor() =>
        Gen.Select(Gen.Long[0, 5000], Gen.Double[0, 1]).Array[1, 5].Sample(arms =>
        {
            var shares = ThompsonBandit.Propensities([.. arms.Select(arm => new ConversionStatistic(arm.Item1, (long)(arm.Item1 * arm.Item2)))]);

            Assert.Equal(1, shares.Sum(), 1e-9);
            Assert.All(shares, share => Assert.True(share >= 0.05 - 1e-12));
        }, iter: 50);

    [Fact]
    public void Propensities_ThreeArmsWithoutData_AreEqual() =>
        Assert.All(ThompsonBandit.Propensities([default, default, default]), share => Assert.Equal(1.0 / 3, share, 1e-6));

    [Fact]
    public void Propensities_BetterArm_GetsAlmostAll() => Assert.Equal(0.95, ThompsonBandit.Propensities([new(1000, 10), new(1000, 100)])[1], 1e-6);

    [Fact]
    public void Propensities_HarmfulArm_GetsNothing() => Assert.Equal([1, 0], ThompsonBandit.Propensities([new(1000, 10), new(1000, 100)], new HashSet<int> { 1 }));

    /// <summary>The chances move with the results. The plain mean of a bandit's arm is biased; these aren't, whatever was predicted.</summary>
    [Fact]
    public void Estimates_TrafficThatMoved_HaveNoBias()
    {
        double[] truth = [0.1, 0.2];
        var (ips, robust) = (new List<double>(), new List<double>());
        for (var run = 0; run < 300; run++)
        {
            var (chance, arms, log) = (SplitMix64.For(7, run), new ConversionStatistic[2], new List<BanditExposure>());
            for (var batch = 0; batch < 5; batch++)
            {
                var shares = ThompsonBandit.Propensities(arms);
                var predicted = arms.Select(arm => arm.Rate ?? 0.5).ToArray();
                for (var i = 0; i < 40; i++)
                {
                    var arm = chance.Chance(shares[1]) ? 1 : 0;
                    var reward = chance.Chance(truth[arm]) ? 1 : 0;
                    arms[arm] += new ConversionStatistic(1, reward);
                    log.Add(new(arm, shares[arm], reward, predicted));
                }
            }

            ips.Add(OffPolicyEstimate.InversePropensity(log, 0).Value!.Value);
            robust.Add(OffPolicyEstimate.DoublyRobust(log, 0).Value!.Value);
        }

        Assert.All([ips, robust], estimates =>
        {
            var statistic = MeanStatistic.Of(estimates);
            Assert.InRange((statistic.Mean!.Value - truth[0]) / Math.Sqrt(statistic.Variance!.Value / statistic.Count), -4, 4);
        });
    }
}
