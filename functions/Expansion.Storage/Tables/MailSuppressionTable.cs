using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Contacts;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop and the hash of an address. RowKey: "suppression". Serves "may we write there".</summary>
internal sealed class MailSuppressionTable(TableServiceClient tables) : IMailSuppressionStore
{
    private const string Row = "suppression";

    private readonly LazyTable _table = new(tables, "MailSuppressions");

    public async Task<MailSuppression?> FindAsync(ShopId shop, MailAddressHash address, CancellationToken cancellationToken) =>
        (await _table.FindAsync(TableKey.From(shop.Value, address.Value), Row, cancellationToken))?.Json<MailSuppression>();

    public Task AddAsync(ShopId shop, MailAddressHash address, MailSuppression suppression, CancellationToken cancellationToken) =>
        _table.TryAddAsync(new TableEntity(TableKey.From(shop.Value, address.Value), Row).With(suppression), cancellationToken);

    public Task RemoveAsync(ShopId shop, MailAddressHash address, CancellationToken cancellationToken) =>
        _table.TryDeleteAsync(TableKey.From(shop.Value, address.Value), Row, ETag.All, cancellationToken);
}
