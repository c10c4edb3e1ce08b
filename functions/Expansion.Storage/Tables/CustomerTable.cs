using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop and the customer's part (<see cref="CustomerParts"/>). RowKey: customer. Serves "what is known of these customers", each part's saved in one transaction.</summary>
internal sealed class CustomerTable(TableServiceClient tables) : ICustomerStore
{
    private readonly LazyTable _table = new(tables, "Customers");

    public async Task<IReadOnlyList<StoredCustomer>> FindAsync(ShopId shop, IReadOnlyCollection<CustomerId> customers, CancellationToken cancellationToken)
    {
        return await Task.WhenAll(customers.Distinct().Select(async customer => await _table.FindAsync(Partition(shop, customer), TableKey.From(customer.Value), cancellationToken) is { } row
            ? new StoredCustomer(row.Json<CustomerRecord>(), row.ETag.ToString())
            : new StoredCustomer(CustomerRecord.New(customer), null)));
    }

    public async Task<IReadOnlyList<StoredCustomer>> SaveAsync(ShopId shop, IReadOnlyList<StoredCustomer> customers, CancellationToken cancellationToken)
    {
        var actions = customers.Select(customer => (Customer: customer, Action: Action(shop, customer))).ToDictionary(pair => pair.Action.Entity.RowKey);
        var unsaved = await Task.WhenAll(TableBatch.Split(actions.Values.Select(pair => pair.Action)).Select(async batch =>
            await _table.TryWriteAsync(batch, cancellationToken) ? [] : batch.Select(action => actions[action.Entity.RowKey].Customer)));
        return [.. unsaved.SelectMany(customers => customers)];
    }

    public static string Partition(ShopId shop, CustomerId customer) => TableKey.From(shop.Value, CustomerParts.Of(customer).ToString("x2", CultureInfo.InvariantCulture));

    private static TableTransactionAction Action(ShopId shop, StoredCustomer customer)
    {
        var id = customer.Record.State.Customer;
        var row = new TableEntity(Partition(shop, id), TableKey.From(id.Value)).With(customer.Record);
        return customer.Version is { } version ? new(TableTransactionActionType.UpdateReplace, row, new ETag(version)) : new(TableTransactionActionType.Add, row);
    }
}
