using Expansion.Engine.Experiments;
using Expansion.Engine.Experiments.Assignment;

namespace Expansion.Engine.Tests.Experiments.Assignment;

public sealed class ParticipationTests
{
    [Fact]
    public void Of_SomebodyAtTheTouchpoint_GetsAVariationAndItsChance()
    {
        var participation = Participation.Of(Given.Running(), new("customer-1"));

        Assert.NotNull(participation.Variation);
        Assert.Equal(0.5, participation.Propensity);
        Assert.Equal(participation, Participation.Of(Given.Running(), new("customer-1")));
    }

    [Theory]
    [InlineData("", null, false, null, "no id")]
    [InlineData("a", null, true, null, "Staff")]
    [InlineData("a", "Mozilla/5.0 (compatible; Googlebot/2.1)", false, null, "program")]
    [InlineData("a", null, false, "retail", "segments")]
    public void Of_WhoIsNotCounted_SaysWhy(string unit, string? agent, bool staff, string? segment, string reason)
    {
        var experiment = Given.Running(Given.Definition() with { Segments = ["business"] });
        var participation = Participation.Of(experiment, new(unit) { UserAgent = agent, Staff = staff, Segment = segment });

        Assert.Null(participation.Variation);
        Assert.Contains(reason, participation.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AlreadyExposed_KeepsTheVariation()
    {
        var given = Enumerable.Range(0, 20).Select(i => Participation.Of(Given.Running(), new($"{i}") { Exposed = 1 }).Variation);

        Assert.All(given, variation => Assert.Equal(1, variation));
    }

    [Fact]
    public void Of_Holdout_IsAShareOfAllVisitors()
    {
        var experiment = Given.Running(Given.Definition() with { Holdout = 0.1 });

        Assert.InRange(Enumerable.Range(0, 5000).Count(i => Participation.Of(experiment, new($"{i}")).Holdout), 420, 580);
    }

    [Fact]
    public void Of_Paused_IsNobody() => Assert.Null(Participation.Of(new Experiment(Given.Definition()), new("a")).Variation);
}
