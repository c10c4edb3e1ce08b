using Expansion.Engine.Shops;

namespace Expansion.Engine.Orders;

/// <summary>Reads files of orders, in every format there is.</summary>
public interface IOrderFiles
{
    IReadOnlyList<string> Formats { get; }

    /// <summary>Reads the header, and no further.</summary>
    /// <param name="file">Compressed with gzip or not; read from where it stands, and left open.</param>
    /// <param name="format">Null to tell it by the header.</param>
    OrderFile Open(Stream file, string? format, ShopSettings shop, DateTimeOffset now);
}

/// <summary>An order file whose header was understood, or else <see cref="Refusal"/> says why not and there are no lines.</summary>
public abstract class OrderFile : IDisposable
{
    public string? Refusal { get; protected init; }

    /// <summary>How many records have been read, good or bad.</summary>
    public abstract long Read { get; }

    /// <summary>The good lines, read as they are asked for. The bad ones go to <paramref name="rejects"/>.</summary>
    /// <exception cref="InvalidDataException">The file is damaged: its compression ends in the middle.</exception>
    public abstract IEnumerable<ImportedLine> Lines(IImportRejects rejects);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}

/// <summary>Takes the lines of a file that can't be imported, each with what to do about it.</summary>
public interface IImportRejects
{
    /// <param name="line">The number of its line in the file, 1 for the header.</param>
    void Add(long line, string reason, string text);
}
