using Expansion.Engine.Offers;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Rules;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Functions.Timing;

/// <summary>Goes through a shop's recorded signals again, with other options or rules, and says what would have been decided.</summary>
public sealed class SignalHistory(ISignalLog log)
{
    /// <summary>What happened so long before a period still tells in it.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromDays(DailySums.Horizon);

    public async Task<IReadOnlyList<Decision>> ReplayAsync(
        ShopTiming shop, TimingSettings settings, RuleSet rules, IReadOnlyList<Candidate> candidates, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var signals = (await log.ReadAsync(shop.Shop, from - Before, until, cancellationToken).ToListAsync(cancellationToken)).DistinctBy(signal => (signal.Customer, signal.Id)).ToLookup(signal => signal.Customer);
        var replay = new Replay(settings, rules, shop.Zone, shop.Facts, shop.Plans, candidates);
        return [.. signals.Where(sender => sender.Key != Signal.Everybody).AsParallel().WithCancellation(cancellationToken)
            .SelectMany(sender => replay.Run(sender.Key, sender.Concat(signals[Signal.Everybody]), from, until)).OrderBy(decision => decision.At).ThenBy(decision => decision.Id)];
    }
}
