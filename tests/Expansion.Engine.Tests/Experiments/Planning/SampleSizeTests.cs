using CsCheck;
using Expansion.Engine.Experiments.Planning;

namespace Expansion.Engine.Tests.Experiments.Planning;

public sealed class SampleSizeTests
{
    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(0.5, 0)]
    [InlineData(0.5, 1)]
    [InlineData(1, -0.1)]
    public void OfProportion_RatesThatDoNotExist_AreInvalid(double baseline, double lift) =>
        Assert.Equal(PlanStatus.InvalidInput, SampleSize.OfProportion(baseline, lift, new()).Status);

    [Fact]
    public void DetectableLift_OfAPlan_IsTheLiftItWasMadeFor() =>
        Gen.Select(Gen.Double[0.01, 0.4], Gen.Double[0.05, 1]).Sample((baseline, lift) =>
        {
            var visitors = SampleSize.OfProportion(baseline, lift, new()).ConversionsControl!.Value / baseline;

            Assert.Equal(lift, SampleSize.DetectableLift(baseline, visitors, new())!.Value, 1e-6);
        });

    [Fact]
    public void DetectableLift_TooFewVisitors_IsNone() => Assert.Null(SampleSize.DetectableLift(0.5, 3, new()));

    [Fact]
    public void OfProportion_FewVisitorsADay_TakesWholeWeeks() =>
        Assert.Equal(35, SampleSize.OfProportion(0.03, 0.1, new(), new PlannedTraffic(4000)).DaysMax);
}
