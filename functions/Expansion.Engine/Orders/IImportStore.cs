namespace Expansion.Engine.Orders;

/// <summary>How the imports of a shop stand.</summary>
public interface IImportStore
{
    Task<ImportStatus?> FindAsync(ShopId shop, string id, CancellationToken cancellationToken);

    Task SaveAsync(ShopId shop, ImportStatus status, CancellationToken cancellationToken);
}
