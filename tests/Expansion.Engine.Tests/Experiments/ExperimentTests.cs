using Expansion.Engine.Experiments;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Tests.Experiments;

public sealed class ExperimentTests
{
    [Fact]
    public void Steps_FromDraftToConclusion_AreAudited()
    {
        var experiment = Given.Running()
            .Pause("stock ran out", "bob", Given.Now.AddDays(1)).Changed!
            .Start([], "ann", Given.Now.AddDays(2)).Changed!
            .Stop("decided", "timer", Given.Now.AddDays(20)).Changed!
            .Conclude("friendly wins", "ann", Given.Now.AddDays(21)).Changed!;

        Assert.Equal(ExperimentStatus.Concluded, experiment.Status);
        Assert.Equal(["started", "paused: stock ran out", "went on", "stopped: decided", "concluded: friendly wins"], experiment.Audit.Select(entry => entry.What));
        Assert.Equal(Given.Now, experiment.StartedAt);
    }

    [Fact]
    public void Start_AnotherRunsAtTheTouchpoint_IsRefusedByName()
    {
        var step = new Experiment(Given.Definition("second")).Start([Given.Running()], "ann", Given.Now);

        Assert.Null(step.Changed);
        Assert.Equal("The experiment stays as it is: 'copy-test' is running at the cart page with the same visitors.", step.Refusal);
    }

    [Fact]
    public void Start_AnotherTouchpointOrOtherVisitors_IsFine()
    {
        var half = Given.Running(Given.Definition() with { LayerTo = 0.5 });

        Assert.NotNull(new Experiment(Given.Definition("second", Touchpoint.Checkout)).Start([half], "ann", Given.Now).Changed);
        Assert.NotNull(new Experiment(Given.Definition("second") with { LayerFrom = 0.5 }).Start([half], "ann", Given.Now).Changed);
    }

    [Fact]
    public void Start_AfterTheEnd_IsRefused()
    {
        var stopped = Given.Running().Stop("decided", "ann", Given.Now).Changed!;

        Assert.Contains("new seed", stopped.Start([], "ann", Given.Now).Refusal, StringComparison.Ordinal);
        Assert.NotNull(stopped.Pause("why", "ann", Given.Now).Refusal);
    }

    [Fact]
    public void Change_Running_OnlyCoverageMayGrow()
    {
        var running = Given.Running(Given.Definition() with { Coverage = 0.2 });
        var more = running.Change(running.Definition with { Coverage = 0.5 }, "ann", Given.Now);

        Assert.Equal(0.5, more.Changed!.Definition.Coverage);
        Assert.NotNull(running.Change(running.Definition with { Coverage = 0.1 }, "ann", Given.Now).Refusal);
        Assert.NotNull(running.Change(running.Definition with { Seed = "other" }, "ann", Given.Now).Refusal);
    }

    [Fact]
    public void Steps_ClockGoesBackwards_KeepTheirOrder()
    {
        var paused = Given.Running().Pause("why", "ann", Given.Now.AddDays(-3)).Changed!;

        Assert.Equal(Given.Now, paused.Audit[^1].At);
        Assert.Equal(0, paused.DaysRun(Given.Now.AddDays(-3)));
    }

    [Theory]
    [InlineData("min_conversions", "decision.min_conversions")]
    [InlineData("alpha", "decision.alpha")]
    [InlineData("setting", "variations.friendly.discount_percent")]
    [InlineData("one variation", "variations")]
    [InlineData("bandit", "mode")]
    public void Validate_Mistake_IsNamed(string mistake, string expected)
    {
        var definition = Given.Definition();
        definition = mistake switch
        {
            "min_conversions" => definition with { Decision = definition.Decision with { MinConversions = 199 } },
            "alpha" => definition with { Decision = definition.Decision with { Alpha = 0.1 } },
            "setting" => definition with { Variations = [definition.Variations[0], new("friendly", 1, new Dictionary<string, string> { ["discount_percent"] = "10" })] },
            "one variation" => definition with { Variations = [definition.Variations[0]] },
            _ => definition with { Mode = ExperimentMode.Bandit, Element = ExperimentElement.Timing, Variations = [definition.Variations[0], new("b", 1, new Dictionary<string, string>())] },
        };

        Assert.Equal(expected, Assert.Single(definition.Validate()).Key);
        Assert.NotNull(new Experiment(definition).Start([], "ann", Given.Now).Refusal);
    }
}
