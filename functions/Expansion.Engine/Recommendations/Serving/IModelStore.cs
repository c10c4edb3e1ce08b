namespace Expansion.Engine.Recommendations.Serving;

/// <summary>
/// What the night learned to recommend by, a generation at a time: its files are written beside those being read, then one pointer moves.
/// </summary>
public interface IModelStore
{
    /// <summary>The published generation; null before the first.</summary>
    Task<ModelGeneration?> CurrentAsync(ShopId shop, CancellationToken cancellationToken);

    /// <summary>Writes a file of a generation that isn't published yet. Can be repeated.</summary>
    Task WriteAsync(ShopId shop, string generation, string file, Action<Stream> write, CancellationToken cancellationToken);

    /// <exception cref="InvalidOperationException">The file is gone: a later generation has replaced it.</exception>
    Task<byte[]> ReadAsync(ShopId shop, string generation, string file, CancellationToken cancellationToken);

    /// <summary>A part of a file; null where the file is gone, because a customer was erased from it or a later generation has replaced it.</summary>
    Task<byte[]?> FindAsync(ShopId shop, string generation, string file, long offset, int length, CancellationToken cancellationToken);

    /// <summary>Moves the pointer, unless a newer generation is already published, and deletes what is older than the one before.</summary>
    Task PublishAsync(ShopId shop, ModelGeneration generation, CancellationToken cancellationToken);
}

/// <param name="Id">Sorts by the time it was begun.</param>
/// <param name="Orders">How many orders it was trained on, the latest of the window.</param>
/// <param name="Products">How many products it knows, sold or not.</param>
public sealed record ModelGeneration(string Id, DateTimeOffset TrainedAt, long Orders, long Products, long Customers)
{
    /// <summary>The trained model.</summary>
    public const string Model = "model";

    /// <summary>What each customer bought, a line each, and where in the file it stands.</summary>
    public const string Purchases = "purchases.jsonl";
    public const string PurchaseIndex = "purchase-index";
}
