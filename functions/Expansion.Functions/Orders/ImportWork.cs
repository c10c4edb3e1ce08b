using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Functions.Orders;

/// <summary>What one import has in hand, and how far it has come.</summary>
internal sealed class ImportWork(ShopId shop, IImportRejects rejects, IProgress<ImportProgress> progress) : IImportRejects, IDisposable
{
    private long rejected;
    private long orders;
    private DateTimeOffset? first;
    private DateTimeOffset? last;

    public ShopId Shop { get; } = shop;

    public ImportSpill Spill { get; } = new();

    public ImportCatalog Catalog { get; } = new();

    /// <summary>The months that the file has orders of.</summary>
    public HashSet<YearMonth> Months { get; } = [];

    public HashSet<YearMonth> MonthsWritten { get; } = [];

    public long Lines { get; set; }

    public void Add(long line, string reason, string text)
    {
        rejected++;
        rejects.Add(line, reason, text);
    }

    public void Count(IReadOnlyList<Order> imported)
    {
        foreach (var order in imported)
        {
            orders++;
            first = first < order.OrderedAt ? first : order.OrderedAt;
            last = last > order.OrderedAt ? last : order.OrderedAt;
        }
    }

    /// <param name="done">Share of the whole work: 0 to 1.</param>
    public void Tell(double done) => progress.Report(new ImportProgress(done, Lines, rejected, Months.Count));

    public ImportReport Report(int products, TimeSpan elapsed) =>
        new(Lines, rejected, orders, Months.Count, MonthsWritten.Count, products, first, last, elapsed);

    public void Dispose() => Spill.Dispose();
}
