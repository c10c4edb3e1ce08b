using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Functions.Orders;

/// <summary>What one import has in hand, and how far it has come.</summary>
internal sealed class ImportWork(ShopId shop, IImportRejects rejects, Func<ImportProgress, Task> progress) : IImportRejects, IDisposable
{
    private long _rejected;
    private long _orders;
    private DateTimeOffset? _first;
    private DateTimeOffset? _last;

    public ShopId Shop { get; } = shop;

    public ImportSpill Spill { get; } = new();

    public ImportCatalog Catalog { get; } = new();

    /// <summary>The months that the file has _orders of.</summary>
    public HashSet<YearMonth> Months { get; } = [];

    public HashSet<YearMonth> MonthsWritten { get; } = [];

    public long Lines { get; set; }

    public void Add(long line, string reason, string text)
    {
        _rejected++;
        rejects.Add(line, reason, text);
    }

    public void Count(IReadOnlyList<Order> imported)
    {
        foreach (var order in imported)
        {
            _orders++;
            _first = _first < order.OrderedAt ? _first : order.OrderedAt;
            _last = _last > order.OrderedAt ? _last : order.OrderedAt;
        }
    }

    /// <param name="done">Share of the whole work: 0 to 1.</param>
    public Task TellAsync(double done) => progress(new ImportProgress(done, Lines, _rejected, Months.Count));

    public ImportReport Report(int products, TimeSpan elapsed) =>
        new(Lines, _rejected, _orders, Months.Count, MonthsWritten.Count, products, _first, _last, elapsed);

    public void Dispose() => Spill.Dispose();
}
