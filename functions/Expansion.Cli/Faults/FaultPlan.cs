namespace Expansion.Cli.Faults;

internal enum FaultKind
{
    /// <summary>A host ends in the middle of what it does, and another is started.</summary>
    KillHost,

    /// <summary>A host is told to end, lets its runs end, and another is started.</summary>
    StopHost,

    /// <summary>A host stands still for a while.</summary>
    PauseHost,

    /// <summary>Storage stands still for a while: every call hangs.</summary>
    PauseStorage,

    /// <summary>Storage writes its state, ends, is away for a while and is started again: every call is refused. It isn't killed, since the emulator loses what it hasn't written.</summary>
    RestartStorage,

    /// <summary>Every core is kept busy by something else.</summary>
    Starve,
}

/// <param name="Host">Which of the hosts.</param>
/// <param name="Length">How long it lasts.</param>
/// <param name="Gap">How long nothing is wrong before.</param>
internal sealed record Fault(FaultKind Kind, int Host, TimeSpan Length, TimeSpan Gap)
{
    /// <summary>The same seed plans the same faults.</summary>
    public static IReadOnlyList<Fault> Plan(int seed, int faults, int hosts)
    {
        var random = new Random(seed);
        var kinds = Enum.GetValues<FaultKind>();
        return [.. Enumerable.Range(0, faults).Select(_ => new Fault(
            kinds[random.Next(kinds.Length)], random.Next(hosts), TimeSpan.FromMilliseconds(random.Next(500, 4000)), TimeSpan.FromMilliseconds(random.Next(500, 4000))))];
    }
}
