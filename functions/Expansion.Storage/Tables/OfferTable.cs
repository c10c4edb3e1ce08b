using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Offers;

namespace Expansion.Storage.Tables;

/// <summary>
/// PartitionKey: shop and customer. RowKey: the decision's id, which puts newer ones first. Serves "why did, or didn't, this customer get an offer".
/// Beside them, by shop and id, whose decision it is.
/// </summary>
internal sealed class OfferTable(TableServiceClient tables) : IOfferLedger
{
    private const string Owner = "owner";

    private readonly LazyTable _table = new(tables, "Offers");

    public Task AddAsync(ShopId shop, IReadOnlyList<Decision> decisions, CancellationToken cancellationToken) => Task.WhenAll(decisions.Select(async decision =>
    {
        // The owner first: an id that was given out can be looked up once its entry is there.
        await _table.TryAddAsync(new TableEntity(ById(shop, decision.Id), Owner) { ["Customer"] = decision.Customer.Value }, cancellationToken);
        await _table.TryAddAsync(new TableEntity(Of(shop, decision.Customer), decision.Id).With(decision), cancellationToken);
    }));

    public async Task<Decision?> FindAsync(ShopId shop, string id, CancellationToken cancellationToken) =>
        await _table.FindAsync(ById(shop, id), Owner, cancellationToken) is { } owner
            ? (await _table.FindAsync(Of(shop, new(owner.GetString("Customer"))), TableKey.From(id), cancellationToken))?.Json<Decision>()
            : null;

    public IAsyncEnumerable<Decision> ListAsync(ShopId shop, CustomerId customer, CancellationToken cancellationToken) =>
        _table.QueryAsync(Of(shop, customer), cancellationToken).Select(row => row.Json<Decision>());

    private static string Of(ShopId shop, CustomerId customer) => TableKey.From(shop.Value, "customer", customer.Value);

    private static string ById(ShopId shop, string id) => TableKey.From(shop.Value, "id", id);
}
