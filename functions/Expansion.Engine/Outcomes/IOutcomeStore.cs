namespace Expansion.Engine.Outcomes;

/// <summary>What happened, by the day it counts on. A later outcome of the same kind and id replaces the earlier one.</summary>
public interface IOutcomeStore
{
    /// <summary>Keeps them and then marks the days changed. Can be repeated.</summary>
    Task SaveAsync(ShopId shop, IReadOnlyCollection<DayOutcome> outcomes, CancellationToken cancellationToken);

    IAsyncEnumerable<Outcome> ReadAsync(ShopId shop, DateOnly day, CancellationToken cancellationToken);

    /// <summary>Marks days changed whose outcomes are the same, because what else is counted on them changed.</summary>
    Task MarkAsync(ShopId shop, IReadOnlyCollection<DateOnly> days, CancellationToken cancellationToken);

    /// <summary>The days that changed since they were last rolled up.</summary>
    Task<IReadOnlyList<ChangedDay>> ChangedDaysAsync(ShopId shop, CancellationToken cancellationToken);

    /// <summary>Takes the mark off, unless the day has changed again since it was read.</summary>
    /// <returns>False when it had, or when somebody else took the mark off.</returns>
    Task<bool> ClearAsync(ShopId shop, ChangedDay day, CancellationToken cancellationToken);
}

/// <param name="Day">Of the shop, that the outcome counts on.</param>
/// <param name="Before">Where an earlier version of it counted, and is taken away; null when there is none.</param>
public sealed record DayOutcome(DateOnly Day, Outcome Outcome, DateOnly? Before = null);

public sealed record ChangedDay(DateOnly Day, string Version);
