using System.Collections.Concurrent;
using Expansion.Engine;
using Expansion.Engine.Outcomes;

namespace Expansion.Testing.Fakes;

public sealed class MemoryJournalStore : IJournalStore
{
    private readonly ConcurrentDictionary<(ShopId Shop, CustomerId Customer), CustomerJournal> _journals = new();

    public Task<CustomerJournal> FindAsync(ShopId shop, CustomerId customer, CancellationToken cancellationToken) =>
        Task.FromResult(_journals.GetValueOrDefault((shop, customer), CustomerJournal.Empty));

    public Task SaveAsync(ShopId shop, IEnumerable<Outcome> outcomes, CancellationToken cancellationToken)
    {
        foreach (var customer in outcomes.Where(outcome => outcome.Customer is not null).GroupBy(outcome => outcome.Customer!.Value))
        {
            _journals.AddOrUpdate((shop, customer.Key), _ => CustomerJournal.Empty.With(customer), (_, known) => known.With(customer));
        }

        return Task.CompletedTask;
    }
}
