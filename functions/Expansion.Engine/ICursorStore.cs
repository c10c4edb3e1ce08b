namespace Expansion.Engine;

/// <summary>How far a job has come in what it reads from another system.</summary>
public interface ICursorStore
{
    /// <summary>Null before the first time.</summary>
    Task<DateTimeOffset?> FindAsync(ShopId shop, string name, CancellationToken cancellationToken);

    Task SaveAsync(ShopId shop, string name, DateTimeOffset position, CancellationToken cancellationToken);
}
