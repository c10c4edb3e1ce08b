using Expansion.Engine.Orders;
using Expansion.Engine.Shops;

namespace Expansion.Connectors.Csv;

/// <summary>Opens CSV files of orders: tells gzip by its first bytes and the format by the header.</summary>
internal sealed class CsvOrderFiles(IEnumerable<ICsvFormat> formats) : IOrderFiles
{
    private readonly ICsvFormat[] _formats = [.. formats];

    public IReadOnlyList<string> Formats => [.. _formats.Select(format => format.Name)];

    public OrderFile Open(Stream file, string? format, ShopSettings shop, DateTimeOffset now)
    {
        if (format is not null && !Formats.Contains(format))
        {
            return new RefusedFile($"There is no format '{format}': use {string.Join(" or ", Formats)}, or none to tell it by the header.");
        }

        var (utf8, refusal) = CsvStream.Unpack(file);
        if (refusal is not null)
        {
            return new RefusedFile(refusal);
        }

        var records = new CsvRecords(utf8);
        if (records.Header.Count == 0)
        {
            records.Dispose();
            return new RefusedFile("The file is empty, or its first line is no header: it must name the columns.");
        }

        var columns = new CsvColumns(records.Header);
        var closest = _formats.Where(candidate => format is null || candidate.Name == format)
            .Select(candidate => (Format: candidate, Missing: candidate.Required.Where(column => !columns.Has(column)).ToList()))
            .MinBy(candidate => candidate.Missing.Count);
        if (closest.Missing.Count > 0)
        {
            records.Dispose();
            return new RefusedFile(
                $"The header lacks the {(closest.Missing.Count == 1 ? "column" : "columns")} {string.Join(", ", closest.Missing)}; "
                + $"a file in the format {closest.Format.Name} needs {string.Join(", ", closest.Format.Required)} in its first line.");
        }

        return new CsvOrderFile(records, closest.Format.Bind(columns, new CsvFields(TimeZoneInfo.FindSystemTimeZoneById(shop.TimeZone), now), shop));
    }

    private sealed class RefusedFile : OrderFile
    {
        public RefusedFile(string refusal) => Refusal = refusal;

        public override long Read => 0;

        public override IEnumerable<ImportedLine> Lines(IImportRejects rejects) => [];

        protected override void Dispose(bool disposing)
        {
        }
    }

    private sealed class CsvOrderFile(CsvRecords records, ICsvLineReader reader) : OrderFile
    {
        public override long Read => records.Count;

        public override IEnumerable<ImportedLine> Lines(IImportRejects rejects)
        {
            while (records.Read(rejects))
            {
                if (reader.Read(records, out var line) is { } reason)
                {
                    rejects.Add(records.Line, reason, records.Text);
                }
                else
                {
                    yield return line;
                }
            }
        }

        protected override void Dispose(bool disposing) => records.Dispose();
    }
}
