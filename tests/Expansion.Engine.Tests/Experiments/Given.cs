using Expansion.Engine.Experiments;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Tests.Experiments;

internal static class Given
{
    public static DateTimeOffset Now { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static ExperimentDefinition Definition(string key = "copy-test", Touchpoint touchpoint = Touchpoint.CartPage) => new(
        key,
        "2026-03",
        touchpoint,
        ExperimentElement.Copy,
        [new("control", 1, new Dictionary<string, string>()), new("friendly", 1, new Dictionary<string, string> { ["headline"] = "Goes well with it" })]);

    public static Experiment Running(ExperimentDefinition? definition = null) => new Experiment(definition ?? Definition()).Start([], "ann", Now).Changed!;
}
