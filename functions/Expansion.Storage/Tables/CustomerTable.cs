using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop. RowKey: customer. Serves "what is known of these customers". One partition, so that a queue message's customers are saved in one transaction.</summary>
internal sealed class CustomerTable(TableServiceClient tables) : ICustomerStore
{
    private readonly LazyTable _table = new(tables, "Customers");

    public async Task<IReadOnlyList<StoredCustomer>> FindAsync(ShopId shop, IReadOnlyCollection<CustomerId> customers, CancellationToken cancellationToken)
    {
        var partition = TableKey.From(shop.Value);
        return await Task.WhenAll(customers.Distinct().Select(async customer => await _table.FindAsync(partition, TableKey.From(customer.Value), cancellationToken) is { } row
            ? new StoredCustomer(row.Json<CustomerRecord>(), row.ETag.ToString())
            : new StoredCustomer(CustomerRecord.New(customer), null)));
    }

    public async Task<IReadOnlyList<StoredCustomer>> SaveAsync(ShopId shop, IReadOnlyList<StoredCustomer> customers, CancellationToken cancellationToken)
    {
        var actions = customers.Select(customer => (Customer: customer, Action: Action(shop, customer))).ToDictionary(pair => pair.Action.Entity.RowKey);
        var unsaved = new List<StoredCustomer>();
        foreach (var batch in TableBatch.Split(actions.Values.Select(pair => pair.Action)))
        {
            if (!await _table.TryWriteAsync(batch, cancellationToken))
            {
                unsaved.AddRange(batch.Select(action => actions[action.Entity.RowKey].Customer));
            }
        }

        return unsaved;
    }

    private static TableTransactionAction Action(ShopId shop, StoredCustomer customer)
    {
        var row = new TableEntity(TableKey.From(shop.Value), TableKey.From(customer.Record.State.Customer.Value)).With(customer.Record);
        return customer.Version is { } version ? new(TableTransactionActionType.UpdateReplace, row, new ETag(version)) : new(TableTransactionActionType.Add, row);
    }
}
