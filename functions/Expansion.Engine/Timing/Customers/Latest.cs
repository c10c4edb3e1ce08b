namespace Expansion.Engine.Timing.Customers;

/// <summary>The newest of the values that were told, whichever order they arrived in. Of two with the same time the one with the greater id wins.</summary>
public sealed record Latest<T>(T Value, DateTimeOffset At, string Id)
{
    public bool IsNewerThan(Latest<T>? other) =>
        other is null || At > other.At || (At == other.At && string.CompareOrdinal(Id, other.Id) > 0);
}

internal static class Latest
{
    public static Latest<T> Or<T>(this Latest<T>? known, T value, Signals.Signal signal) =>
        new Latest<T>(value, signal.At, signal.Id) is var told && told.IsNewerThan(known) ? told : known!;

    public static DateTimeOffset Later(this DateTimeOffset? known, DateTimeOffset told) => known > told ? known.Value : told;

    public static DateTimeOffset Earlier(this DateTimeOffset? known, DateTimeOffset told) => known < told ? known.Value : told;
}
