using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Contacts;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop and customer. RowKey: "contact". Serves "how is this customer reached".</summary>
internal sealed class ContactTable(TableServiceClient tables) : IContactStore
{
    private const string Row = "contact";

    private readonly LazyTable _table = new(tables, "Contacts");

    public async Task<Contact?> FindAsync(ShopId shop, CustomerId customer, CancellationToken cancellationToken) =>
        (await _table.FindAsync(Partition(shop, customer), Row, cancellationToken))?.Json<Contact>();

    public async Task SaveAsync(ShopId shop, Contact contact, CancellationToken cancellationToken)
    {
        var partition = Partition(shop, contact.Customer);
        var saved = false;
        while (!saved)
        {
            var known = await _table.FindAsync(partition, Row, cancellationToken);
            var before = known?.Json<Contact>();
            if (before?.At >= contact.At)
            {
                return;
            }

            var row = new TableEntity(partition, Row).With(contact.Over(before));
            saved = known is null ? await _table.TryAddAsync(row, cancellationToken) : await _table.TryReplaceAsync(row, known.ETag, cancellationToken);
        }
    }

    public Task DeleteAsync(ShopId shop, CustomerId customer, CancellationToken cancellationToken) =>
        _table.TryDeleteAsync(Partition(shop, customer), Row, ETag.All, cancellationToken);

    private static string Partition(ShopId shop, CustomerId customer) => TableKey.From(shop.Value, customer.Value);
}
