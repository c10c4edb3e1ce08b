using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Tests.Timing;

/// <summary>What a line of the specification shows. Each trigger and each never has a line of every aspect but the last.</summary>
public enum Aspect
{
    /// <summary>It fires, or forbids.</summary>
    Plain,

    /// <summary>It just doesn't.</summary>
    Nearly,

    /// <summary>To the second, or to the unit.</summary>
    Boundary,

    /// <summary>A signal comes twice.</summary>
    Twice,

    /// <summary>A signal comes after later ones.</summary>
    Late,

    /// <summary>Two of a kind at one moment.</summary>
    AtOnce,

    Besides,
}

/// <summary>One line of the specification.</summary>
/// <param name="Name">The trigger, or the never.</param>
/// <param name="Story">What happened, in the order in which it is told.</param>
internal sealed record Line(string Name, Aspect Aspect, string What, bool Expected, params Signal[] Story)
{
    public static TheoryData<string, Aspect, string, bool> Cases(IEnumerable<Line> lines)
    {
        var cases = new TheoryData<string, Aspect, string, bool>();
        foreach (var line in lines)
        {
            cases.Add(line.Name, line.Aspect, line.What, line.Expected);
        }

        return cases;
    }

    /// <summary>The aspects of a trigger or never that no line shows.</summary>
    public static IEnumerable<Aspect> Missing(IEnumerable<Line> lines, string name) =>
        Enum.GetValues<Aspect>().Except([Aspect.Besides]).Except(lines.Where(line => line.Name == name).Select(line => line.Aspect));
}
