using System.Collections.Concurrent;
using System.Globalization;
using Expansion.Engine;
using Expansion.Engine.Outcomes;

namespace Expansion.Testing.Fakes;

public sealed class MemoryOutcomeStore : IOutcomeStore
{
    private readonly ConcurrentDictionary<(ShopId Shop, DateOnly Day, OutcomeKind Kind, string Id), Outcome> _rows = new();
    private readonly ConcurrentDictionary<(ShopId Shop, DateOnly Day), string> _marks = new();
    private int _version;

    public Task SaveAsync(ShopId shop, IReadOnlyCollection<DayOutcome> outcomes, CancellationToken cancellationToken)
    {
        foreach (var entry in outcomes)
        {
            if (entry.Before is { } before && before != entry.Day)
            {
                _rows.TryRemove((shop, before, entry.Outcome.Kind, entry.Outcome.Id), out _);
                Mark(shop, before);
            }

            _rows[(shop, entry.Day, entry.Outcome.Kind, entry.Outcome.Id)] = entry.Outcome;
            Mark(shop, entry.Day);
        }

        return Task.CompletedTask;
    }

    public Task MarkAsync(ShopId shop, IReadOnlyCollection<DateOnly> days, CancellationToken cancellationToken)
    {
        foreach (var day in days)
        {
            Mark(shop, day);
        }

        return Task.CompletedTask;
    }

    public IAsyncEnumerable<Outcome> ReadAsync(ShopId shop, DateOnly day, CancellationToken cancellationToken) =>
        _rows.Where(row => row.Key.Shop == shop && row.Key.Day == day).Select(row => row.Value).ToAsyncEnumerable();

    public Task<IReadOnlyList<ChangedDay>> ChangedDaysAsync(ShopId shop, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ChangedDay>>([.. _marks.Where(mark => mark.Key.Shop == shop).Select(mark => new ChangedDay(mark.Key.Day, mark.Value))]);

    public Task<bool> ClearAsync(ShopId shop, ChangedDay day, CancellationToken cancellationToken) =>
        Task.FromResult(_marks.TryRemove(new((shop, day.Day), day.Version)));

    private void Mark(ShopId shop, DateOnly day) => _marks[(shop, day)] = Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture);
}
