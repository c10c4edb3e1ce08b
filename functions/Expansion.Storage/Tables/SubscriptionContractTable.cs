using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Shops;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop and contract. RowKey: "customer". Serves "whose contract is this".</summary>
internal sealed class SubscriptionContractTable(TableServiceClient tables) : ISubscriptionContracts
{
    private const string Customer = "customer";

    private readonly LazyTable _table = new(tables, "SubscriptionContracts");

    public Task SaveAsync(ShopId shop, string contract, CustomerId customer, CancellationToken cancellationToken) =>
        _table.ReplaceAsync(new TableEntity(TableKey.From(shop.Value, contract), Customer) { ["Customer"] = customer.Value }, cancellationToken);

    public async Task<CustomerId?> FindAsync(ShopId shop, string contract, CancellationToken cancellationToken) =>
        await _table.FindAsync(TableKey.From(shop.Value, contract), Customer, cancellationToken) is { } row ? new CustomerId(row.GetString("Customer")) : null;
}
