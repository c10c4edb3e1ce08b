using System.Collections.Concurrent;
using System.Diagnostics;
using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Timing;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Cli.Verbs.Signals;

/// <summary>Counts the signals that customers' saved states have taken in.</summary>
internal sealed class SignalsTaken
{
    private readonly ConcurrentDictionary<CustomerId, int> _taken = new();

    public ICustomerStore Over(ICustomerStore store) => new Watched(store, _taken);

    public async Task AllAsync(int count, CancellationToken cancellationToken)
    {
        while (_taken.Values.Sum() < count)
        {
            await Task.Delay(20, cancellationToken);
        }
    }

    private sealed class Watched(ICustomerStore store, ConcurrentDictionary<CustomerId, int> taken) : ICustomerStore
    {
        public Task<IReadOnlyList<StoredCustomer>> FindAsync(ShopId shop, IReadOnlyCollection<CustomerId> customers, CancellationToken cancellationToken) => store.FindAsync(shop, customers, cancellationToken);

        public async Task<IReadOnlyList<StoredCustomer>> SaveAsync(ShopId shop, IReadOnlyList<StoredCustomer> customers, CancellationToken cancellationToken)
        {
            var unsaved = await store.SaveAsync(shop, customers, cancellationToken);
            foreach (var state in customers.Except(unsaved).Select(customer => customer.Record.State))
            {
                taken.AddOrUpdate(state.Customer, state.Seen.Count, (_, before) => Math.Max(before, state.Seen.Count));
            }

            return unsaved;
        }
    }
}

/// <summary>Takes the time from a signal to its customer's first decision in the ledger.</summary>
internal sealed class DecisionClock
{
    private readonly ConcurrentDictionary<CustomerId, long> _sent = new();
    private readonly ConcurrentDictionary<CustomerId, TimeSpan> _decided = new();

    public IOfferLedger Over(IOfferLedger ledger) => new Watched(ledger, this);

    public void Sent(IEnumerable<CustomerId> customers)
    {
        foreach (var customer in customers)
        {
            _sent[customer] = Stopwatch.GetTimestamp();
        }
    }

    /// <returns>Shortest first.</returns>
    public async Task<IReadOnlyList<TimeSpan>> AllAsync(int count, CancellationToken cancellationToken)
    {
        while (_decided.Count < count)
        {
            await Task.Delay(20, cancellationToken);
        }

        return [.. _decided.Values.Order()];
    }

    private sealed class Watched(IOfferLedger ledger, DecisionClock clock) : IOfferLedger
    {
        public async Task AddAsync(ShopId shop, IReadOnlyList<Decision> decisions, CancellationToken cancellationToken)
        {
            await ledger.AddAsync(shop, decisions, cancellationToken);
            foreach (var customer in decisions.Select(decision => decision.Customer))
            {
                clock._decided.TryAdd(customer, Stopwatch.GetElapsedTime(clock._sent[customer]));
            }
        }

        public Task<Decision?> FindAsync(ShopId shop, string id, CancellationToken cancellationToken) => ledger.FindAsync(shop, id, cancellationToken);

        public IAsyncEnumerable<DateOnly> DaysAsync(ShopId shop, DateOnly until, CancellationToken cancellationToken) => ledger.DaysAsync(shop, until, cancellationToken);

        public IAsyncEnumerable<LedgerLine> LinesAsync(ShopId shop, DateOnly day, string? after, CancellationToken cancellationToken) => ledger.LinesAsync(shop, day, after, cancellationToken);

        public Task<IReadOnlyDictionary<string, int>> SilencesAsync(ShopId shop, DateOnly day, CancellationToken cancellationToken) => ledger.SilencesAsync(shop, day, cancellationToken);

        public IAsyncEnumerable<Decision> ListAsync(ShopId shop, CustomerId customer, CancellationToken cancellationToken) => ledger.ListAsync(shop, customer, cancellationToken);
    }
}

internal static class ServiceDecoration
{
    /// <summary>Puts something around a service that is registered by its type.</summary>
    public static void Decorate<T>(this IServiceCollection services, Func<T, T> around)
        where T : class
    {
        var inner = services.Last(service => service.ServiceType == typeof(T)).ImplementationType!;
        services.AddSingleton(provider => around((T)ActivatorUtilities.CreateInstance(provider, inner)));
    }
}
