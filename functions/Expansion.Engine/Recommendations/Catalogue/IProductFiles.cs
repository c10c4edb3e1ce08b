using Expansion.Engine.Orders;

namespace Expansion.Engine.Recommendations.Catalogue;

/// <summary>Reads files of products.</summary>
public interface IProductFiles
{
    /// <param name="file">Compressed with gzip or not.</param>
    /// <param name="currency">Of the prices, which name none.</param>
    /// <param name="rejects">Takes the lines that can't be read.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    ProductFile Read(Stream file, string currency, DateTimeOffset now, IImportRejects rejects);
}

/// <param name="Refusal">Why nothing could be read, in words; null where something could.</param>
public sealed record ProductFile(IReadOnlyList<ToldItem> Items, string? Refusal);
