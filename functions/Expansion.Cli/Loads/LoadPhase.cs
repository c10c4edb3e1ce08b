namespace Expansion.Cli.Loads;

/// <summary>A part of a day.</summary>
/// <param name="Senders">Who ask at a time, each again when it is answered.</param>
/// <param name="Pause">Between an answer and the next question.</param>
internal sealed record LoadPhase(string Name, int Senders, TimeSpan Pause, TimeSpan Length)
{
    /// <summary>An ordinary hour, the rush at the door, which takes all there is, and the hour after, in thirds of <paramref name="length"/>.</summary>
    public static IReadOnlyList<LoadPhase> BlackFriday(TimeSpan length) =>
    [
        new("ordinary", 4, TimeSpan.FromMilliseconds(100), length / 3),
        new("rush", 24, TimeSpan.Zero, length / 3),
        new("after", 4, TimeSpan.FromMilliseconds(100), length / 3),
    ];
}
