using Expansion.Engine.Samples;

namespace Expansion.Engine.Tests.Samples;

public sealed class SplitMix64Tests
{
    /// <summary>Seed and outputs as Rosetta Code publishes them for this generator.</summary>
    [Fact]
    public void Next_PublishedSeed_GivesThePublishedNumbers()
    {
        var chance = new SplitMix64(1234567);

        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(_ => chance.Next()));
    }

    [Fact]
    public void Pick_WeightsOneToThree_GivesEachItsShare()
    {
        var chance = new SplitMix64(7);
        double[] weights = [1, 0, 3];

        var picks = Enumerable.Range(0, 10_000).Select(_ => chance.Pick(weights)).CountBy(index => index).ToDictionary();

        Assert.Equal([0, 2], picks.Keys.Order());
        Assert.InRange(picks[0], 2_300, 2_700);
    }
}
