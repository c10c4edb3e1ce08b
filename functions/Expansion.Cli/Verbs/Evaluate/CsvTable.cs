using System.IO.Compression;
using CsvHelper;

namespace Expansion.Cli.Verbs.Evaluate;

/// <summary>A CSV file with a header, compressed with gzip or not, read row by row with its columns found by name.</summary>
internal sealed class CsvTable : IDisposable
{
    /// <summary>A customer's whole history is one field of a split file.</summary>
    private const int MaxRecordBytes = 16 << 20;

    private readonly string _name;
    private readonly CsvReader _reader;
    private readonly Dictionary<string, int> _columns;

    public CsvTable(FileInfo file)
    {
        _name = file.Name;
        _reader = CsvReader.Create(
            OpenText(file),
            new CsvReaderOptions { HasHeader = false, Separator = ',', TrackLineNumbers = true, TrimWhitespace = true, MaxRecordSize = MaxRecordBytes, PoolStrings = true },
            leaveOpen: false);
        _columns = Read() ? Enumerable.Range(0, _reader.FieldCount).DistinctBy(_reader.GetString).ToDictionary(_reader.GetString) : [];
    }

    public IReadOnlyCollection<string> Columns => _columns.Keys;

    public bool Has(string column) => _columns.ContainsKey(column);

    public bool Read()
    {
        try
        {
            return _reader.Read();
        }
        catch (Exception damaged) when (damaged is CsvFormatException or InvalidDataException)
        {
            throw new FormatException($"{_name} can't be read as CSV: {damaged.Message}", damaged);
        }
    }

    /// <summary>Empty where there is no such column, or the row is too short.</summary>
    public string this[string column] => _columns.TryGetValue(column, out var index) && index < _reader.FieldCount ? _reader.GetString(index) : "";

    public void Require(params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
        {
            if (!Has(column))
            {
                throw new FormatException($"{_name} lacks the column {column}; it needs {string.Join(", ", columns.ToArray())} in its first line.");
            }
        }
    }

    public string Required(string column) => this[column] is { Length: > 0 } value ? value : throw Wrong($"{column} is empty");

    public FormatException Wrong(string what) => new($"{_name}, line {_reader.LineNumber}: {what}.");

    public void Dispose() => _reader.Dispose();

    public static Stream OpenText(FileInfo file)
    {
        var stream = file.OpenRead();
        var zipped = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = 0;
        return zipped ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }
}
