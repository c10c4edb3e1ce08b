using System.Collections.Concurrent;
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

    /// <returns>By time.</returns>
    public async Task<IReadOnlyList<Decision>> ReplayAsync(
        ShopTiming shop, TimingSettings settings, RuleSet rules, IOfferCandidates candidates, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var signals = (await log.ReadAsync(shop.Shop, from - Before, until, cancellationToken).ToListAsync(cancellationToken)).DistinctBy(signal => (signal.Customer, signal.Id)).ToLookup(signal => signal.Customer);
        var replay = new Replay(shop.Shop, settings, rules, shop.Plans, shop.Facts, shop.Zone, candidates);
        var decisions = new ConcurrentBag<Decision>();
        await Parallel.ForEachAsync(signals.Where(sender => sender.Key != Signal.Everybody), cancellationToken, async (sender, cancel) =>
        {
            foreach (var decision in await replay.RunAsync(sender.Key, sender.Concat(signals[Signal.Everybody]), from, until, cancel))
            {
                decisions.Add(decision);
            }
        });
        return [.. decisions.OrderBy(decision => decision.At).ThenBy(decision => decision.Id, StringComparer.Ordinal)];
    }
}
